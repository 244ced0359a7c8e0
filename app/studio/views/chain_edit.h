// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/session/overrides.h"
#include "app/studio/shell/controls.h"
#include "app/studio/views/studio.h"

/// Settings of the chain as they work on the current song, and edits of them: of the album, or of this song alone.
namespace lathe {

/// The master whose settings and figures are on screen.
const Master& shown_master(const Studio& studio);

bool has_master(const Album& album, const std::string& name);

/// The album's chain and the song's own, with this song's values in them; bypassed processors too.
ChainPair chains_of_song(const Studio& studio);
/// The album's alone.
std::vector<ChainSlot> chain_of_song(const Studio& studio);

/// The path of a setting of the album's chain, "eq.bands.mud.gain_db", as an edit shall meet it: the album's, or this
/// song's override where Studio::edits_song is set.
std::string edit_path(const Studio& studio, const std::string& setting);

/// Whether this song has a value of its own there.
bool is_songs_own(const Studio& studio, const std::string& setting);

/// What a band is called in paths: its name, or its number from 1.
std::string band_key(const EqBand& band, std::size_t index);

/// Does with a setting what a hand did with its control. what: the name of the edit.
void apply(Studio& studio, const Handled& handled, const std::string& setting, const std::string& what);

}  // namespace lathe
