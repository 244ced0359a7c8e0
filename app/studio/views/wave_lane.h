// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/columns.h"

/// What lanes of time show, a value a column of pixels.
namespace lathe {

/// The samples' reach, and stronger their RMS.
void draw_wave(const PlotArea& area, const WaveColumns& columns, ImU32 colour);
/// A curve; NaN: nothing.
void draw_levels(const PlotArea& area, const std::vector<float>& values, ImU32 colour, float points);

}  // namespace lathe
