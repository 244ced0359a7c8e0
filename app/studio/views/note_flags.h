// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/song_time.h"

/// Notes of the current track, as flags on its waveform: a click goes there, a drag moves one, a double click edits
/// its text, a right click marks it done, Delete removes it.
namespace lathe {

/// Lets a note be typed for where the playhead is.
void begin_note(Studio& studio);
/// The playhead goes to the next note, or to the one before.
void step_note(Studio& studio, int by);

/// To be called before what lies below the flags is submitted. Returns whether the hand is on one. wave: the lane that
/// they stand in, with the track's own time.
bool take_notes(Studio& studio, const PlotArea& wave, const SongTime& song);
void draw_notes(const Studio& studio, const PlotArea& wave, const SongTime& song);

}  // namespace lathe
