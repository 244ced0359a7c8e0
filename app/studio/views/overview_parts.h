// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/views/studio.h"

/// What the overview can show, each into the rest of the open child window.
namespace lathe {

/// The current song: source and master, loudness, gain reduction, trims, fades and notes. Returns whether the hand has
/// zoomed out beyond it.
bool draw_song_time(Studio& studio);
/// All songs in their places. Returns whether one was chosen.
bool draw_album_time(Studio& studio);
/// The end of the current song and the beginning of the next, and the gap between them.
void draw_join(Studio& studio);

}  // namespace lathe
