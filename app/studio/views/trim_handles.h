// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/model/track_cut.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// The overview's handles: where the track begins and ends in its source, and its fades. A drag moves one (Shift:
/// fine), a double click types, a right click resets; the wheel over a fade changes its curve.
///
/// wave: the lane that they stand in, with the track's own time; origin_s: that time's 0 in the source.

/// To be called before what lies below them is submitted. Returns whether the hand is on one.
bool take_trim_handles(Studio& studio, const PlotArea& wave, const TrackCut& cut, const AudioInfo& source,
                       double origin_s);
/// What is trimmed away and faded, and the handles, over the wave.
void draw_trim_handles(const Studio& studio, const PlotArea& wave, const TrackCut& cut, double origin_s);

/// The curve of the fade at an edge, with what it takes away dimmed. origin_s: where the lane's 0 lies in the source.
void draw_fade(const PlotArea& wave, const TrackCut& cut, const TrackInfo& info, CutEdge edge, double origin_s);

}  // namespace lathe
