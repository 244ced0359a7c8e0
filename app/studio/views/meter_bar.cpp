// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/meter_bar.h"

#include <algorithm>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"

namespace lathe {
namespace {

constexpr float row_height = 17, bar_height = 10, name_width = 32, value_width = 72;

float place_of(ImVec2 low, ImVec2 high, Range range, double value) {
    const double share = (value - range.low) / (range.high - range.low);
    return low.x + (high.x - low.x) * static_cast<float>(std::clamp(share, 0.0, 1.0));
}

}  // namespace

void draw_level(ImVec2 low, ImVec2 high, Range range, double from, const std::optional<double>& value,
                const std::optional<double>& mark, ImU32 colour) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, high, look().raised, px(2));
    const float start = place_of(low, high, range, from);
    if (value) {
        const float end = place_of(low, high, range, *value);
        draw.AddRectFilled({std::min(start, end), low.y},
                           {std::max({start, end, std::min(start, end) + px(1)}), high.y}, colour,
                           from > range.low ? 0 : px(2));
    }
    if (from > range.low) draw.AddLine({start, low.y}, {start, high.y}, look().faint_text);
    if (mark) {
        const float at = place_of(low, high, range, *mark);
        draw.AddRectFilled({at - px(1), low.y - px(2)}, {at + px(1), high.y + px(2)}, look().text);
    }
}

void draw_meter(const MeterBar& bar, float width) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 low{at.x + px(name_width), at.y + px(3)}, high{at.x + width - px(value_width), low.y + px(bar_height)};
    const bool over = bar.limit && bar.value && *bar.value > *bar.limit + 0.02;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw_text(at, look().faint_text, bar.name);
    draw_level(low, high, bar.range, bar.range.low, bar.value, {}, over ? look().broken : look().master);
    for (const double tick : bar.ticks) {
        const float x = place_of(low, high, bar.range, tick);
        draw.AddLine({x, low.y}, {x, high.y}, look().grid);
    }
    for (const auto& line : {bar.limit, bar.aim})
        if (line) {
            const float x = place_of(low, high, bar.range, *line);
            draw.AddRectFilled({x - px(0.5f), low.y - px(2)}, {x + px(1), high.y + px(2)}, look().text);
        }
    draw_text({at.x + width, at.y}, look().text, bar.text + (over ? " \u25b2" : ""), 1);
    ImGui::Dummy({width, px(row_height)});
    name_item(bar.script_name.empty() ? "meter/" + bar.name : bar.script_name, bar.text);
    explain(bar.tip);
}

}  // namespace lathe
