// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

/// What the pointer's item has to say; nothing after a message, until the pointer goes on: it answers what was done
/// here.
const std::string& hint_beside(const std::optional<Message>& message) {
    static const std::string none;
    static std::string last_text;
    static ImVec2 answered_at{-1, -1};
    const ImVec2 at = ImGui::GetIO().MousePos;
    const std::string text = message ? message->text : "";
    if (text != last_text) {
        last_text = text;
        answered_at = at;
    }
    const bool is_answered = !text.empty() && at.x == answered_at.x && at.y == answered_at.y;
    return is_answered ? none : pointer_hint();
}

}  // namespace

void draw_status(Studio& studio) {
    const ImVec2 low = ImGui::GetWindowPos();
    const ImVec2 high{low.x + ImGui::GetWindowWidth(), low.y + ImGui::GetWindowHeight()};
    ImGui::PushFont(font(Type::small));
    const float y = low.y + px(5);
    std::string text = studio.message ? studio.message->text : "";
    ImU32 colour = look().text;
    const bool is_error = studio.message && studio.message->is_error;
    const std::string& hint = hint_beside(studio.message);
    if (!studio.board->error.empty() && !is_error) text = studio.board->error;
    if (!studio.board->error.empty() || is_error) {
        text = "\u25b2 " + text;
        colour = look().broken;
    } else if (!hint.empty()) {
        text = hint;
        colour = look().faint_text;
    }
    draw_text({low.x + px(8), y}, colour, text);
    name_place("status", low, high, text);
    if (studio.analyses.is_busy()) draw_text({high.x - px(8), y}, look().faint_text, "looking \u2026", 1);
    ImGui::PopFont();
    pointer_hint().clear();
}

}  // namespace lathe
