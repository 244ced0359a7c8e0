// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/time_hand.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/quantity.h"

namespace lathe {

constexpr double shortest_view_s = 0.0005;

void take_time_hand(Studio& studio, const PlotArea& area, TimeSpan shown, double duration) {
    const ImGuiIO& io = ImGui::GetIO();
    const double pointed_s = area.x_at(io.MousePos.x);
    if (ImGui::IsItemHovered()) {
        pointer_hint() = fmt::format("{}   wheel: zoom, drag: move, click: playhead, Alt-drag: loop, double-click: all",
                                     time_text(std::clamp(pointed_s, 0.0, duration), true));
        if (io.MouseWheel != 0) {
            const double factor = std::pow(0.8, static_cast<double>(io.MouseWheel));
            const double length = std::clamp(shown.length() * factor, shortest_view_s, duration);
            double from = pointed_s - (pointed_s - shown.from_s) * length / shown.length();
            from = std::clamp(from, 0.0, duration - length);
            studio.shown = TimeSpan{from, from + length};
        }
        if (ImGui::IsMouseDoubleClicked(0)) studio.shown.reset();
    }
    static double loop_from = 0;
    static bool was_dragged = false;
    if (ImGui::IsItemActivated()) {
        loop_from = std::clamp(pointed_s, 0.0, duration);
        was_dragged = false;
    }
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0)) {
        was_dragged = true;
        if (io.KeyAlt) {
            const double to = std::clamp(pointed_s, 0.0, duration);
            studio.loop = TimeSpan{std::min(loop_from, to), std::max(loop_from, to)};
        } else if (studio.shown) {
            const double by = -static_cast<double>(io.MouseDelta.x / area.width()) * shown.length();
            const double from = std::clamp(shown.from_s + by, 0.0, duration - shown.length());
            studio.shown = TimeSpan{from, from + shown.length()};
        }
    }
    if (ImGui::IsItemDeactivated() && !was_dragged && ImGui::IsItemHovered()) {
        studio.loop.reset();
        studio.place_playhead(pointed_s);
    }
}

}  // namespace lathe
