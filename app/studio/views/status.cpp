// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/panels.h"

namespace lathe {

void draw_status(Studio& studio) {
    const ImVec2 low = ImGui::GetWindowPos();
    const ImVec2 high{low.x + ImGui::GetWindowWidth(), low.y + ImGui::GetWindowHeight()};
    ImGui::PushFont(font(Type::small));
    const float y = low.y + px(5);
    std::string text = studio.message ? studio.message->text : "";
    ImU32 colour = look().text;
    const bool is_error = studio.message && studio.message->is_error;
    if (!studio.board->error.empty() && !is_error) text = studio.board->error;
    if (!studio.board->error.empty() || is_error) {
        text = "\u25b2 " + text;
        colour = look().broken;
    } else if (!pointer_hint().empty()) {
        text = pointer_hint();
        colour = look().faint_text;
    }
    draw_text({low.x + px(8), y}, colour, text);
    name_place("status", low, high, text);
    if (studio.analyses.is_busy()) draw_text({high.x - px(8), y}, look().faint_text, "looking \u2026", 1);
    ImGui::PopFont();
    pointer_hint().clear();
}

}  // namespace lathe
