// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "app/session/toml_reader.h"

namespace lathe {

/// Reads the [[reference]] tables. album: its path has been read.
std::vector<Reference> read_references(std::span<const toml::table* const> tables, const Album& album,
                                       const Place& place);

}  // namespace lathe
