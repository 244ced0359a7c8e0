// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/session/versions.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

constexpr const char* drag_kind = "track";

/// "-14.0  -1.0  +3.2", dimmed until they are final.
void draw_figures(const TrackMaster* master, ImVec2 at, float right) {
    const bool is_final = master && master->is_final;
    const ImU32 colour = is_final ? look().text : with_alpha(look().text, 0.45f);
    const FileMeasurement none;
    const FileMeasurement& m = master ? master->preview->result.measured : none;
    const std::optional<double> gain = master ? std::optional(master->preview->result.gain_db) : std::nullopt;
    const std::optional<double> seconds = master ? std::optional(master->preview->result.duration_s) : std::nullopt;
    const float column = (right - at.x) / 4;
    const std::string texts[] = {seconds ? time_text(*seconds) : no_value, measured_text(m.integrated_lufs, ""),
                                 measured_text(m.true_peak_dbtp, ""), gain ? fmt::format("{:+.1f}", *gain) : no_value};
    for (int i = 0; i < 4; ++i) draw_text({at.x + static_cast<float>(i + 1) * column, at.y}, colour, texts[i], 1);
}

void draw_track(Studio& studio, const Track& track) {
    const float width = ImGui::GetContentRegionAvail().x, height = px(42);
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + width, low.y + height};
    ImGui::PushID(track.id.c_str());
    ImGui::InvisibleButton("track", {width, height});
    name_item("album/track/" + track.id, track.info.title);
    const bool hovered = ImGui::IsItemHovered();
    if (ImGui::IsItemActivated()) studio.choose_track(track.id);
    if (ImGui::BeginDragDropSource(ImGuiDragDropFlags_SourceNoPreviewTooltip)) {
        const int number = track.number;
        ImGui::SetDragDropPayload(drag_kind, &number, sizeof number);
        ImGui::EndDragDropSource();
    }
    if (ImGui::BeginDragDropTarget()) {
        if (const ImGuiPayload* payload = ImGui::AcceptDragDropPayload(drag_kind)) {
            const int from = *static_cast<const int*>(payload->Data);
            const std::string path = "track." + studio.album().tracks[static_cast<std::size_t>(from - 1)].id;
            studio.edit("reorder the tracks", {Edit::move(path, static_cast<std::size_t>(track.number - 1))});
        }
        ImGui::EndDragDropTarget();
    }
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const bool is_current = track.id == studio.track;
    if (is_current || hovered) draw.AddRectFilled(low, high, look().raised, px(3));
    if (is_current) {
        draw.AddRectFilled(low, {low.x + px(3), high.y}, look().master);
        name_place("track", low, high, track.id);
    }
    draw.PushClipRect(low, high, true);
    draw_text({low.x + px(24), low.y + px(4)}, look().faint_text, std::to_string(track.number), 1);
    const bool stands_in = studio.version != "main" && !find_version(track, studio.version);
    draw_text({low.x + px(32), low.y + px(4)}, stands_in ? look().faint_text : look().text, track.info.title);
    draw.PopClipRect();
    const TrackMaster* const master = studio.master_of(track.id);
    ImGui::PushFont(font(Type::small));
    draw_figures(master, {low.x + px(8), low.y + px(23)}, high.x - px(6));
    if (studio.board->working_on == track.id)
        draw_text({high.x - px(6), low.y + px(5)}, look().master, "\u25cf", 1);
    else if (master && !master->preview->warnings.empty())
        draw_text({high.x - px(6), low.y + px(5)}, look().caution, "\u25b2", 1);
    ImGui::PopFont();
    if (hovered && master && !master->preview->warnings.empty())
        ImGui::SetTooltip("%s", master->preview->warnings.front().message.c_str());
    ImGui::PopID();
}

void draw_head(float right) {
    ImGui::PushFont(font(Type::small));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float column = (right - at.x - px(14)) / 4;
    const char* const names[] = {"time", "LUFS", "dBTP", "gain dB"};
    for (int i = 0; i < 4; ++i)
        draw_text({at.x + px(8) + static_cast<float>(i + 1) * column, at.y}, look().faint_text, names[i], 1);
    ImGui::Dummy({0, ImGui::GetFontSize() + px(2)});
    ImGui::PopFont();
}

}  // namespace

void draw_album(Studio& studio) {
    const std::string& title = studio.album().info.title;
    ImGui::PushFont(font(Type::small));
    const std::string shown = title.empty() ? "ALBUM" : shortened(title, ImGui::GetContentRegionAvail().x);
    ImGui::PopFont();
    draw_panel_title(shown.c_str());
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - px(8);
    draw_head(right);
    const float foot = album_foot_height(studio);
    ImGui::BeginChild("tracks", {0, ImGui::GetContentRegionAvail().y - foot});
    for (const Track& track : studio.tracks()) draw_track(studio, track);
    ImGui::PushFont(font(Type::small));
    ImGui::TextDisabled("drop songs here to add them");
    ImGui::PopFont();
    ImGui::EndChild();
    draw_album_foot(studio);
}

}  // namespace lathe
