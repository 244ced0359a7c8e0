// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/render/compare.h"

namespace lathe {

/// The `compare` document, and the same for people.
nlohmann::ordered_json to_json(const Comparison& comparison);
std::string compare_text(const Comparison& comparison);

}  // namespace lathe
