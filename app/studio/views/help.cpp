// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include <string_view>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/commands.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

struct Line {
    std::string_view keys, what;
};
constexpr Line hands[] = {
    {"hold B", "hear and see the song before the last edit"},
    {"A  B  X   1  2", "in a blind test: hear A, B, X; X is A, X is B"},
    {"drag", "a value, an EQ band, a song, the view; Shift: fine"},
    {"wheel", "zooms time; over an EQ band its Q, over a fade its curve"},
    {"Ctrl wheel", "turns a value"},
    {"click, Up Down, Tab", "chooses a value, steps it, goes on to the next; Enter types it"},
    {"double click", "type a value, with its unit if you like; in the spectrum: a new band"},
    {"right click", "reset a value; a song's or a master's own is taken back"},
    {"Alt drag", "in the overview: a loop"},
    {"Shift drag", "in the overview: hear what the pointer is over"},
    {"hold Alt", "over an EQ band: hear it alone"},
};

void draw_line(std::string_view keys, std::string_view what) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text({at.x + px(124), at.y}, look().master, std::string(keys), 1);
    draw_text({at.x + px(136), at.y}, look().text, std::string(what));
    ImGui::Dummy({0, px(16)});
}

}  // namespace

void draw_help(Studio& studio) {
    if (!studio.shows_help) return;
    const ImGuiViewport& screen = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({screen.Size.x / 2, screen.Size.y / 2}, 0, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({px(880), 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, look().raised);
    if (ImGui::Begin("Keys", &studio.shows_help, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize)) {
        ImGui::Columns(2, "keys", false);
        std::string_view group;
        for (const Command& command : commands()) {
            if (!group.empty() && command.group != group)
                group == "look" ? ImGui::NextColumn() : ImGui::Dummy({0, px(5)});
            group = command.group;
            if (const std::string keys = keys_text(command); !keys.empty()) draw_line(keys, command.name);
        }
        ImGui::Dummy({0, px(5)});
        for (const Line& line : hands) draw_line(line.keys, line.what);
        ImGui::Columns(1);
        name_place("help", ImGui::GetWindowPos(), ImGui::GetWindowPos(), "shown");
    }
    ImGui::End();
    ImGui::PopStyleColor();
}

}  // namespace lathe
