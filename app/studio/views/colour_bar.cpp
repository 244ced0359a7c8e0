// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/colour_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/plot/colour_map.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"

namespace lathe {
namespace {

constexpr Range scale_db{-120, 0};
constexpr double least_range_db = 6;
constexpr double steepest_db_oct = 9;

enum class Grip { low_end, both, high_end };

void take(Grip grip, double by_db, Range& range) {
    if (grip == Grip::low_end) range.low = std::clamp(range.low + by_db, scale_db.low, range.high - least_range_db);
    if (grip == Grip::high_end) range.high = std::clamp(range.high + by_db, range.low + least_range_db, scale_db.high);
    if (grip == Grip::both) {
        by_db = std::clamp(by_db, scale_db.low - range.low, scale_db.high - range.high);
        range = {range.low + by_db, range.high + by_db};
    }
}

void take_hand(LevelColours& levels, const PlotArea& area) {
    static Grip grip = Grip::both;
    const ImGuiIO& io = ImGui::GetIO();
    const double pointed = area.y_at(io.MousePos.y);
    if (!ImGui::IsItemActive()) {
        const double end = std::min(6.0, (levels.range_db.high - levels.range_db.low) / 4);
        grip = pointed > levels.range_db.high - end  ? Grip::high_end
               : pointed < levels.range_db.low + end ? Grip::low_end
                                                     : Grip::both;
    }
    if (ImGui::IsItemActive() && io.MouseDelta.y != 0)
        take(grip, -static_cast<double>(io.MouseDelta.y / area.height()) * (scale_db.high - scale_db.low),
             levels.range_db);
    if (!ImGui::IsItemHovered()) return;
    if (io.MouseWheel != 0)
        levels.slope_db_oct =
            std::clamp(levels.slope_db_oct + 0.5 * static_cast<double>(io.MouseWheel), 0.0, steepest_db_oct);
    if (ImGui::IsMouseClicked(1)) levels = {};
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
    constexpr std::array grips{"the quietest colour", "both ends", "the loudest colour"};
    pointer_hint() = fmt::format("{} to {}, {} from 1 kHz   drag: {}, wheel: slope, right-click: as it was",
                                 quantity_text(std::round(levels.range_db.low), "dB"),
                                 quantity_text(std::round(levels.range_db.high), "dB"),
                                 signed_text(levels.slope_db_oct, "dB/oct"), grips[static_cast<std::size_t>(grip)]);
}

ImU32 colour_of(std::uint32_t rgb) { return IM_COL32((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, 255); }

}  // namespace

const std::array<std::uint32_t, 256>& theme_level_colours() {
    static const std::array<std::uint32_t, 256> dark = level_colours(true), light = level_colours(false);
    return look().is_dark ? dark : light;
}

void colour_bar(const std::string& name, LevelColours& levels, ImVec2 low, ImVec2 high) {
    const PlotArea area(low, high, Axis{{0, 1}, "", false, {}}, linear_axis(scale_db, "dB", 20));
    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton(name.c_str(), {area.width(), area.height()});
    name_item(name,
              fmt::format("{:.1f} {:.1f} {:.1f}", levels.range_db.low, levels.range_db.high, levels.slope_db_oct));
    take_hand(levels, area);
    const auto& colours = theme_level_colours();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float top = area.y_of(levels.range_db.high), bottom = area.y_of(levels.range_db.low);
    draw.AddRectFilled(low, {high.x, top}, colour_of(colours.back()));
    draw.AddRectFilled({low.x, bottom}, high, colour_of(colours.front()));
    constexpr std::size_t steps = 51;  // of 5 colours each
    for (std::size_t i = 0; i < steps; ++i) {
        const auto y = [&](std::size_t k) { return bottom - (bottom - top) * static_cast<float>(k) / steps; };
        const ImU32 below = colour_of(colours[5 * i]), above = colour_of(colours[5 * i + 5]);
        draw.AddRectFilledMultiColor({low.x, y(i + 1)}, {high.x, y(i)}, above, above, below, below);
    }
    draw.AddRect(low, high, look().line);
    for (const float y : {top, bottom})
        draw.AddRectFilled({low.x - px(2), y - px(1)}, {high.x + px(2), y + px(1)}, look().text);
    ImGui::PushFont(font(Type::small));
    const float half = ImGui::GetFontSize() / 2;
    for (double db = scale_db.low; db <= scale_db.high; db += 20)
        draw_text({high.x + px(5), std::clamp(area.y_of(db) - half, low.y, high.y - 2 * half)}, look().faint_text,
                  fmt::format("{}{:.0f}", db < 0 ? "\u2212" : "", std::abs(db)));
    ImGui::PopFont();
}

}  // namespace lathe
