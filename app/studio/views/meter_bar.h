// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

#include "app/plot/axis.h"

namespace lathe {

/// One meter: a name, a bar from the range's beginning to the value, the value as text.
struct MeterBar {
    std::string name;
    std::optional<double> value;
    Range range;
    std::string text;
    std::string tip;
    std::optional<double> limit{};  ///< marked; over it a rule is broken
    std::optional<double> aim{};    ///< marked
    std::vector<double> ticks{};    ///< faint lines
    std::string script_name{};      ///< empty: "meter/NAME"
};

/// Draws it at the cursor, so wide, and goes on below it.
void draw_meter(const MeterBar& bar, float width);

/// A bar without text at a place; from: where it is filled from. mark: of another value of the same kind.
void draw_level(ImVec2 low, ImVec2 high, Range range, double from, const std::optional<double>& value,
                const std::optional<double>& mark, ImU32 colour);

}  // namespace lathe
