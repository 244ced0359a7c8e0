// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/studio/shell/plot_area.h"

namespace lathe {

/// The nearest note, and how far the frequency is from it: "C2 −28 cents".
std::string note_text(double hz);

/// The keys of a piano over a plot's hertz axis, from top to bottom of the box: every C named where there is room.
/// hz: the key that lies there is lit.
void draw_piano(const PlotArea& area, float top, float bottom, const std::optional<double>& hz);

}  // namespace lathe
