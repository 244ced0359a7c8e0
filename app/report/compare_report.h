// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/render/compare_renders.h"

namespace lathe {

/// The `compare` document, and the same for people.
nlohmann::ordered_json to_json(const Comparison& comparison);
std::string compare_text(const Comparison& comparison);

/// The same of two renders: a `compare` document per file under "files", with track, name, master, version, a and b.
nlohmann::ordered_json to_json(const RenderComparison& comparison);
std::string compare_text(const RenderComparison& comparison);

}  // namespace lathe
