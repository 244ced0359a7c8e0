// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/session/overrides.h"
#include "app/studio/shell/controls.h"
#include "app/studio/views/studio.h"

/// Settings of the chain as they work on the current song, and edits of them: of the album, of this song alone, of the
/// master on screen, or of this song's version on screen.
namespace lathe {

/// The master whose settings and figures are on screen.
const Master& shown_master(const Studio& studio);

bool has_master(const Album& album, const std::string& name);

/// The album's chain and the song's own, with this song's values in them; bypassed processors too.
ChainPair chains_of_song(const Studio& studio);
/// The album's alone.
std::vector<ChainSlot> chain_of_song(const Studio& studio);

/// Whose value of a setting of the album's chain, "eq.bands.mud.gain_db", is at work.
Owner owner_of(const Studio& studio, const std::string& setting);

/// The path of such a setting as an edit shall meet it: whose settings the hand changes, or what hides them.
std::string edit_path(const Studio& studio, const std::string& setting);

/// What a band is called in paths: its name, or its number from 1.
std::string band_key(const EqBand& band, std::size_t index);

/// Does with a setting what a hand did with its control. what: the name of the edit.
void apply(Studio& studio, const Handled& handled, const std::string& setting, const std::string& what);

}  // namespace lathe
