// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include <utility>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/note_flags.h"
#include "app/studio/views/overview_parts.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

enum class Scope { song, album, join };
Scope scope = Scope::song;

/// A row of small buttons: what is shown, and the song's notes.
void draw_head(Studio& studio) {
    ImGui::PushFont(font(Type::small));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(1)});
    const auto choice = [](const char* word, Scope which, const char* tip) {
        if (toggle(std::string("overview/show/") + word, word, scope == which, tip)) scope = which;
        ImGui::SameLine(0, px(2));
    };
    choice("song", Scope::song,
           "the current song: wave, loudness, gain reduction; trims, fades and "
           "notes by hand");
    choice("album", Scope::album, "all songs in their places; the wheel reaches it too, beyond the song");
    choice("join", Scope::join,
           "the end of this song, the beginning of the next and the gap between "
           "them; played through");
    if (scope == Scope::song) {
        constexpr const char* add = "+ note";
        const float padding = 2 * ImGui::GetStyle().FramePadding.x;
        const float width = ImGui::CalcTextSize(add).x + 2 * ImGui::CalcTextSize("\u25c0").x + 3 * padding + px(4);
        ImGui::SetCursorPosX(ImGui::GetWindowWidth() - width - ImGui::GetStyle().WindowPadding.x - px(4));
        if (toggle("note/previous", "\u25c0", false, "to the note before (,)")) step_note(studio, -1);
        ImGui::SameLine(0, px(2));
        if (toggle("note/next", "\u25b6", false, "to the next note (.)")) step_note(studio, 1);
        ImGui::SameLine(0, px(2));
        if (toggle("note/add", add, false, "write a note where the playhead is (Shift M)")) begin_note(studio);
    } else {
        ImGui::NewLine();
    }
    ImGui::PopStyleVar();
    ImGui::PopFont();
}

}  // namespace

void draw_overview(Studio& studio) {
    if (!studio.current_track()) return draw_panel_title("drop songs into the window to begin");
    draw_head(studio);
    const bool showed_join = std::exchange(studio.join_shown, {}).has_value();
    switch (scope) {
        case Scope::song:
            if (draw_song_time(studio) && studio.album().tracks.size() > 1) scope = Scope::album;
            break;
        case Scope::album:
            if (draw_album_time(studio)) scope = Scope::song;
            break;
        case Scope::join:
            draw_join(studio);
            break;
    }
    // Behind the song there is nothing to play but in its join.
    if (showed_join && !studio.join_shown && !studio.monitor.is_playing()) studio.place_playhead(studio.playhead_s);
}

}  // namespace lathe
