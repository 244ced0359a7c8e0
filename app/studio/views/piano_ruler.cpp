// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/piano_ruler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/shell/quantity.h"
#include "dsp/measure/resonances.h"

namespace lathe {

std::string note_text(double hz) { return with_minus(note_name(hz)); }

void draw_piano(const PlotArea& area, float top, float bottom, const std::optional<double>& hz) {
    constexpr bool is_black[] = {false, true, false, true, false, false, true, false, true, false, true, false};
    constexpr int lowest = 15, highest = 136, middle_c = 60;  // as MIDI counts them
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled({area.low().x, top}, {area.high().x, bottom}, with_alpha(look().text, 0.12f));
    const long lit = hz ? std::lround(69 + 12 * std::log2(*hz / 440)) : -1;
    ImGui::PushFont(font(Type::small));
    for (int note = lowest; note < highest; ++note) {
        const auto edge = [&](double semitones) {
            return std::clamp(area.x_of(440 * std::exp2((note - 69 + semitones) / 12)), area.low().x, area.high().x);
        };
        const float left = edge(-0.5), right = edge(0.5);
        if (right <= left) continue;
        if (is_black[note % 12])
            draw.AddRectFilled({left, top}, {right, top + (bottom - top) * 0.6f}, with_alpha(look().text, 0.45f));
        if (note == lit) draw.AddRectFilled({left, top}, {right, bottom}, look().caution);
        if (note % 12 != 0) continue;
        draw.AddRectFilled({left, top}, {left + 1, bottom}, look().faint_text);
        const std::string name = fmt::format("C{}", (note - middle_c) / 12 + 4);
        if (left + px(2) + ImGui::CalcTextSize(name.c_str()).x < area.high().x)
            draw_text({left + px(2), bottom}, look().faint_text, name);
    }
    ImGui::PopFont();
}

}  // namespace lathe
