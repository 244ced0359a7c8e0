// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <span>
#include <string>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/frame.h"

namespace lathe {
namespace {

struct Answer {
    const char *name, *text, *tip;
    void (*give)(Studio&, Window&);
};

constexpr Answer on_closing[] = {
    {"question/save", "save and close", "write the album file, then close",
     [](Studio& studio, Window& window) {
         studio.save();
         if (studio.may_close()) window.ask_to_close();
     }},
    {"question/discard", "close without saving", "what was edited since the last save is lost",
     [](Studio& studio, Window& window) {
         studio.abandon();
         window.ask_to_close();
     }},
    {"question/stay", "stay", "go on working", [](Studio&, Window&) {}},
};
constexpr Answer on_other_hands[] = {
    {"question/theirs", "take theirs", "the album as the file has it now; undo leaves it",
     [](Studio& studio, Window&) { studio.reload(); }},
    {"question/mine", "save mine over it", "what the other program wrote is lost",
     [](Studio& studio, Window&) { studio.save_over(); }},
    {"question/later", "later", "saving will ask again", [](Studio&, Window&) {}},
};

}  // namespace

bool draw_question(Studio& studio, Window& window) {
    if (studio.question == Question::none || !studio.is_open()) return false;
    const bool closing = studio.question == Question::close;
    const std::string name = studio.document->path().filename().string();
    const std::string text = closing ? fmt::format("{} has unsaved work.", name)
                                     : fmt::format("Another program has changed {}, and here is unsaved work.", name);
    const ImVec2 low = ImGui::GetWindowPos();
    const ImVec2 high{low.x + ImGui::GetWindowWidth(), low.y + ImGui::GetWindowHeight()};
    ImGui::GetWindowDrawList()->AddRectFilled(low, high, look().raised);
    ImGui::PushFont(font(Type::small));
    draw_text({low.x + px(8), low.y + px(5)}, look().caution, "\u25b3 " + text);
    name_place("question", low, high, text);
    ImGui::SetCursorScreenPos({low.x + px(24) + ImGui::CalcTextSize(text.c_str()).x, low.y + px(2)});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(8), px(2)});
    for (const Answer& answer : closing ? std::span<const Answer>(on_closing) : on_other_hands) {
        if (toggle(answer.name, answer.text, false, answer.tip)) {
            studio.question = Question::none;
            answer.give(studio, window);
            break;
        }
        ImGui::SameLine(0, px(8));
    }
    ImGui::PopStyleVar();
    ImGui::PopFont();
    return true;
}

}  // namespace lathe
