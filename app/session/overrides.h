// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "app/session/toml_reader.h"

namespace lathe {

/// The album's chain and one track's own, which an override's path may lead into; the album's goes first.
struct ChainPair {
    std::vector<ChainSlot> albums, own;
};

/// "eq.bands.mud.gain_db" in its parts.
std::vector<std::string> split_path(std::string_view path);

/// The leaves of a [….set] table, each looked up in the chains and checked. Throws InputError with the leaf's line.
std::vector<Override> read_overrides(const toml::table& table, const ChainPair& chains, const Place& place);

/// Puts the values in their place; each was found good by read_overrides().
void apply_overrides(ChainPair& chains, std::span<const Override> overrides);

/// Both chains as one track's version meets them for one master: track, then master, then version.
ChainPair overridden_chains(const Album& album, const Track& track, const Version* version, const Master& master);

/// Throws InputError, at the line of the override to blame, where overrides make settings that do not go together.
void check_overridden(const Album& album, const std::string& file);

}  // namespace lathe
