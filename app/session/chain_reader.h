// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "app/session/toml_reader.h"

namespace lathe {

/// Reads the tables of a [[chain]] (the album's: may hold the markers) or a [[track.chain]]. header: "[[chain]]", and
/// what stands before it in place. Ids that are not given are the type, then "eq-2", "eq-3", as far as they are free.
std::vector<ChainSlot> read_chain(std::span<const toml::table* const> tables, std::string_view header, bool is_albums,
                                  const Place& place);

/// The ids of a chain's processors.
std::vector<std::string_view> ids_of(std::span<const ChainSlot> chain);
/// The processor of that id, or none.
ChainEntry* find_entry(std::span<ChainSlot> chain, std::string_view id);

}  // namespace lathe
