// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <string>

#include "app/plot/axis.h"

namespace lathe {

/// Which levels the colours stand for.
struct LevelColours {
    Range range_db{-90, -6};  ///< of the first colour and of the last
    double slope_db_oct = 3;  ///< that levels are raised by above 1 kHz, and lowered below
};

/// The colours of the frame's theme, from quiet to loud.
const std::array<std::uint32_t, 256>& theme_level_colours();

/// A bar of the colours along a scale of decibels. A drag of an end moves that end, a drag between them both; the wheel
/// changes the slope, a right click resets all. name: for scripts.
void colour_bar(const std::string& name, LevelColours& levels, ImVec2 low, ImVec2 high);

}  // namespace lathe
