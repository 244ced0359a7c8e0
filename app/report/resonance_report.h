// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/render/resonance_file.h"

namespace lathe {

/// The `resonances` document.
nlohmann::ordered_json to_json(const FileResonances& found);
std::string resonance_text(const FileResonances& found);

}  // namespace lathe
