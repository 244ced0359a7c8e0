// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// The stretch of time that the wheel over the item just submitted, or a drag of it, makes of the one that it shows;
/// nothing: neither is done. whole: as far as the view goes, in seconds.
std::optional<TimeSpan> take_zoom(const PlotArea& area, TimeSpan shown, TimeSpan whole);

/// What a hand does to the item that was just submitted, which shows the current track's time: the wheel zooms around
/// the pointer, a drag moves, a click places the playhead, Alt-drag spans a loop, a double click shows all.
/// shown: the stretch in the area; whole: as far as the view goes, in seconds.
void take_time_hand(Studio& studio, const PlotArea& area, TimeSpan shown, TimeSpan whole);

}  // namespace lathe
