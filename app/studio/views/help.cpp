// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

struct Line {
    const char *keys, *what;
};
/// What the keyboard and the mouse do; an empty line parts groups.
constexpr Line lines[] = {
    {"Space", "play, pause"},
    {"1  2  3", "hear source, master, reference"},
    {"M", "hear them equally loud"},
    {"D", "hear what the master changes: delta"},
    {"Left  Right", "5 s back, forward; with Shift half a second"},
    {"Home", "to the loop's beginning, or the song's"},
    {"", ""},
    {"Up  Down", "the song before, the next one"},
    {"F1 \u2026 F5", "spectrum, spectrogram, resonances, compare, deliver"},
    {"+  \u2212  F", "zoom in, out, all of the song"},
    {"T", "dark or light"},
    {"", ""},
    {"Ctrl Z   Ctrl Shift Z", "undo, redo"},
    {"Ctrl S", "save the album"},
    {"?", "this page"},
    {"", ""},
    {"drag", "a value, an EQ band, a song, the view; Shift: fine"},
    {"wheel", "zooms time; over an EQ band its Q"},
    {"double click", "type a value, with its unit if you like; in the spectrum: a new band"},
    {"right click", "reset a value; on a song's own value: take the album's"},
    {"Alt drag", "in the overview: a loop"},
};

}  // namespace

void draw_help(Studio& studio) {
    if (!studio.shows_help) return;
    const ImGuiViewport& screen = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({screen.Size.x / 2, screen.Size.y / 2}, 0, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({px(520), 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, look().raised);
    if (ImGui::Begin("Keys", &studio.shows_help, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize)) {
        for (const Line& line : lines) {
            const ImVec2 at = ImGui::GetCursorScreenPos();
            draw_text({at.x + px(148), at.y}, look().master, line.keys, 1);
            draw_text({at.x + px(164), at.y}, look().text, line.what);
            ImGui::Dummy({0, *line.keys ? px(17) : px(6)});
        }
        name_place("help", ImGui::GetWindowPos(), ImGui::GetWindowPos(), "shown");
    }
    ImGui::End();
    ImGui::PopStyleColor();
}

}  // namespace lathe
