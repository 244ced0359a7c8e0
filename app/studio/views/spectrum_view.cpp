// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"
#include "app/studio/views/piano_ruler.h"
#include "app/studio/views/spectrum_eq.h"
#include "app/studio/views/spectrum_traces.h"
#include "dsp/measure/resonances.h"

namespace lathe {
namespace {

constexpr double gain_reach_db = 18;  // of the gain axis, to both sides
constexpr double floor_db = -96, ceiling_db = 0;

void draw_resonances(Studio& studio, const PlotArea& area) {
    const auto found = studio.analyses.resonances(studio.source_sound());
    if (!found) return;
    for (std::size_t i = 0; i < std::min<std::size_t>(found->resonances.size(), 12); ++i) {
        const Resonance& r = found->resonances[i];
        const float x = area.x_of(r.frequency_hz), y = area.low().y + px(8);
        if (studio.chosen_resonance_hz == r.frequency_hz)
            area.upright(r.frequency_hz, with_alpha(look().caution, 0.5f));
        const auto alpha = static_cast<float>(0.35 + 0.65 * r.confidence);
        ImGui::GetWindowDrawList()->AddTriangleFilled({x - px(4), y - px(7)}, {x + px(4), y - px(7)}, {x, y},
                                                      with_alpha(look().caution, alpha));
        const ImVec2 low{x - px(5), y - px(9)}, high{x + px(5), y + px(2)};
        name_place(fmt::format("spectrum/resonance/{}", i + 1), low, high, fmt::format("{:.1f}", r.frequency_hz));
        if (ImGui::IsMouseHoveringRect(low, high))
            pointer_hint() = fmt::format("resonance {} ({}), {:.1f} dB above its surroundings, confidence {:.2f}",
                                         quantity_text(r.frequency_hz, "Hz"), note_text(r.frequency_hz),
                                         r.prominence_db, r.confidence);
    }
}

/// What the cursor reads, on one line in the plot's upper corner; as many as there is room for.
void draw_readings(const PlotArea& area, double hz, const std::vector<SpectrumReading>& readings) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImGui::PushFont(font(Type::small));
    const float top = area.low().y + px(12), gap = px(10), line = ImGui::GetFontSize();
    const std::string place = fmt::format("{}  {}", quantity_text(hz, "Hz"), note_text(hz));
    name_place("spectrum/cursor", area.low(), area.low(), fmt::format("{:.1f} Hz {}", hz, note_text(hz)));
    float x = area.low().x + px(6);
    const auto put = [&](const std::string& text, ImU32 colour) {
        const float width = ImGui::CalcTextSize(text.c_str()).x;
        if (x + width > area.high().x - px(4)) return;
        draw.AddRectFilled({x - px(4), top - px(2)}, {x + width + gap, top + line + px(2)},
                           with_alpha(look().panel, 0.8f));
        draw_text({x, top}, colour, text);
        x += width + gap;
    };
    put(place, look().text);
    for (const SpectrumReading& reading : readings) {
        put(reading.name + " " + quantity_text(reading.db, "dB"), reading.colour);
        name_place("spectrum/at/" + reading.name, area.low(), area.low(), fmt::format("{:.1f}", reading.db));
    }
    ImGui::PopFont();
}

void draw_gain_labels(const PlotArea& gains) {
    ImGui::PushFont(font(Type::small));
    for (double db = -12; db <= 12; db += 6)
        draw_text({gains.high().x + px(4), gains.y_of(db) - ImGui::GetFontSize() / 2}, look().faint_text,
                  fmt::format("{}{:.0f}",
                              db > 0   ? "+"
                              : db < 0 ? "\u2212"
                                       : "",
                              std::abs(db)));
    ImGui::PopFont();
    gains.level_line(0, look().strong_grid);
}

}  // namespace

void draw_spectrum(Studio& studio) {
    if (!studio.current_track()) return;
    draw_spectrum_options(studio);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const ImVec2 low{at.x + px(36), at.y + px(2)}, high{at.x + room.x - px(36), at.y + room.y - px(38)};
    if (high.y - low.y < px(40)) return;
    const PlotArea area(low, high, frequency_axis({20, 20000}), linear_axis({floor_db, ceiling_db}, "dB", 12));
    const PlotArea gains(low, high, frequency_axis({20, 20000}), linear_axis({-gain_reach_db, gain_reach_db}, "dB", 6));
    area.draw_axes();
    draw_gain_labels(gains);

    static SpectrumTraces traces;
    static EqCurves curves;
    traces.update(studio);
    traces.draw(area, gains);
    if (spectrum_look().shows_resonances) draw_resonances(studio, area);
    const std::optional<EditedEq> eq = edited_eq(studio);
    curves.update(studio, eq);
    curves.draw(gains);
    curves.draw_pre_ring(gains);

    ImGui::SetCursorScreenPos(low);
#if IMGUI_VERSION_NUM >= 18950  // the bands' handles lie on it
    ImGui::SetNextItemAllowOverlap();
#endif
    ImGui::InvisibleButton("spectrum", {high.x - low.x, high.y - low.y});
    name_item("spectrum");
#if IMGUI_VERSION_NUM < 18950
    ImGui::SetItemAllowOverlap();
#endif
    const bool in_the_open = ImGui::IsItemHovered();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool on_band = eq && handle_bands(studio, gains, *eq);
    const bool is_inside = in_the_open || on_band;
    const double hz = gains.x_at(std::clamp(mouse.x, low.x, high.x));
    const float ruler = high.y + px(15);
    draw_piano(area, ruler, ruler + px(9), is_inside ? std::optional(hz) : std::nullopt);
    name_place("spectrum/piano", {low.x, ruler}, {high.x, ruler + px(9)});
    if (is_inside) {
        area.upright(hz, look().grid);
        std::vector<SpectrumReading> readings = traces.readings(hz);
        if (const auto db = curves.gain_at(hz)) readings.insert(readings.begin(), {"EQ", look().text, *db});
        draw_readings(area, hz, readings);
    } else if (spectrum_look().over == SpectrumOver::loop && !studio.loop) {
        draw_text({low.x + px(6), low.y + px(12)}, look().faint_text,
                  "no loop: the whole song; Alt-drag in the overview");
    }
    if (!in_the_open || on_band) return;
    pointer_hint() = "double-click: add a band";
    if (ImGui::IsMouseDoubleClicked(0)) add_band(studio, gains, eq);
}

}  // namespace lathe
