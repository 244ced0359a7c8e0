// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "app/session/toml_reader.h"

namespace lathe {

/// Where [album] or a [[master]] leaves normalize out: album where it gives a loudness, else off.
void resolve_normalize(const toml::table& table, MasterTarget& target);

/// Reads the [[master]] tables behind "main". album: its chain has been read.
std::vector<Master> read_masters(std::span<const toml::table* const> tables, const Album& album, const Place& place);

/// Reads the [[deliver]] tables, or makes the one that an album without any has. album: all else has been read.
std::vector<Delivery> read_deliveries(std::span<const toml::table* const> tables, const Album& album,
                                      const Place& place);

}  // namespace lathe
