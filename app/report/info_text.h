// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/render/measure_file.h"
#include "app/session/album.h"

namespace lathe {

/// An album with every default resolved, as TOML that would read back alike; what each field does stands beside it
/// where `explain` asks for it.
std::string info_text(const Album& album, bool explain);
/// Every processor with its fields: unit, range, default and help.
std::string processor_help(std::string_view type);
/// Measurements as a table.
std::string measure_text(const std::vector<FileMeasurement>& files);

}  // namespace lathe
