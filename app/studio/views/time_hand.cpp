// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/time_hand.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/quantity.h"

namespace lathe {

namespace {

constexpr double shortest_view_s = 0.0005;

/// The same length, moved into the whole.
TimeSpan within(TimeSpan span, TimeSpan whole) {
    const double from = std::clamp(span.from_s, whole.from_s, std::max(whole.to_s - span.length(), whole.from_s));
    return {from, from + span.length()};
}

}  // namespace

std::optional<TimeSpan> take_zoom(const PlotArea& area, TimeSpan shown, TimeSpan whole) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
        const double pointed_s = area.x_at(io.MousePos.x), factor = std::pow(0.8, static_cast<double>(io.MouseWheel));
        const double length = std::clamp(shown.length() * factor, shortest_view_s, whole.length());
        const double from = pointed_s - (pointed_s - shown.from_s) * length / shown.length();
        return within({from, from + length}, whole);
    }
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0)) {
        const double by = -static_cast<double>(io.MouseDelta.x / area.width()) * shown.length();
        return within({shown.from_s + by, shown.to_s + by}, whole);
    }
    return {};
}

void take_time_hand(Studio& studio, const PlotArea& area, TimeSpan shown, TimeSpan whole) {
    const ImGuiIO& io = ImGui::GetIO();
    const double pointed_s = area.x_at(io.MousePos.x), song_s = std::clamp(pointed_s, 0.0, studio.track_duration_s());
    if (ImGui::IsItemHovered())
        pointer_hint() = fmt::format(
            "{}   wheel: zoom, drag: move, click: playhead, Shift-drag: scrub, Alt-drag: loop, double-click: all",
            time_text(std::max(pointed_s, 0.0), true));
    static double loop_from = 0;
    static bool was_dragged = false;
    if (ImGui::IsItemActivated()) {
        loop_from = song_s;
        was_dragged = false;
    }
    was_dragged = was_dragged || (ImGui::IsItemActive() && ImGui::IsMouseDragging(0));
    if (ImGui::IsItemActive() && was_dragged && io.KeyAlt)
        studio.loop = TimeSpan{std::min(loop_from, song_s), std::max(loop_from, song_s)};
    else if (ImGui::IsItemActive() && was_dragged && io.KeyShift)
        studio.scrub(song_s);
    else if (const auto span = take_zoom(area, shown, whole))
        studio.shown = *span;
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) studio.shown.reset();
    if (ImGui::IsItemDeactivated() && !was_dragged && ImGui::IsItemHovered()) {
        studio.loop.reset();
        studio.place_playhead(pointed_s);
    }
}

}  // namespace lathe
