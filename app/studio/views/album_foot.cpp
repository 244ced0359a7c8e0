// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/render/hold_gains.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

void draw_totals(const Studio& studio) {
    const RenderBoard& board = *studio.board;
    const ImU32 colour = board.album_is_final ? look().text : with_alpha(look().text, 0.45f);
    const auto row = [&](const char* name, const std::string& value) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        draw_text(at, look().faint_text, name);
        draw_text({at.x + ImGui::GetContentRegionAvail().x, at.y}, colour, value, 1);
        name_place(std::string("album/total/") + name, at, {at.x + px(200), at.y + px(16)}, value);
        ImGui::Dummy({0, px(16)});
    };
    row("length", time_text(board.duration_s));
    row("integrated", measured_text(board.integrated_lufs, "LUFS"));
    row("true peak", measured_text(board.true_peak_dbtp, "dBTP"));
    row("range", measured_text(board.loudness_range_lu, "LU"));
}

/// The gains that the render on screen has solved go into the album: approved songs stay as they are.
void hold_gains(Studio& studio) {
    SolvedGains solved;
    const double typed = studio.album().main().target.gain_db;
    for (const Track& track : studio.album().tracks)
        if (const TrackMaster* const landed = studio.master_of(track.id))
            solved.gains.push_back(
                {"main", track.id, typed + track.info.gain_db, landed->preview->result.solved_gain_db});
    try {
        studio.edit("hold the gains", edits_to_hold(studio.album(), solved));
    } catch (const std::exception& error) {
        studio.complain(error.what());
    }
}

void draw_hold(Studio& studio) {
    const bool is_solved = studio.album().main().target.normalize != Normalize::off;
    const bool can = is_solved && studio.board->album_is_final && studio.album().masters.size() == 1;
    ImGui::BeginDisabled(!can);
    if (toggle("album/hold", "hold gain", !is_solved,
               !is_solved ? "the gains are those written in the album"
               : studio.album().masters.size() > 1
                   ? "an album of several masters: lathe solve ALBUM --write holds them all"
                   : "write the solved gains into the album and solve no more: approved songs stay as they are"))
        hold_gains(studio);
    ImGui::EndDisabled();
}

void draw_references(Studio& studio) {
    const ImVec2 low = ImGui::GetCursorScreenPos();
    draw_panel_title("REFERENCES");
    for (std::size_t i = 0; i < studio.album().references.size(); ++i) {
        const Reference& reference = studio.album().references[i];
        const std::string name = fmt::format("album/reference/{}", i + 1);
        if (toggle(name, reference.info.title, studio.reference == i, reference.source.string(), look().reference))
            studio.reference = i;
    }
    ImGui::PushFont(font(Type::small));
    ImGui::TextDisabled("drop other music here to compare with it");
    ImGui::PopFont();
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth();
    studio.reference_area = {low.x, low.y, right, ImGui::GetCursorScreenPos().y};
    name_place("album/references", low, {right, ImGui::GetCursorScreenPos().y});
}

}  // namespace

float album_foot_height(const Studio& studio) {
    return px(160) + masters_height(studio) +
           static_cast<float>(studio.album().references.size()) * ImGui::GetFrameHeightWithSpacing();
}

void draw_album_foot(Studio& studio) {
    ImGui::Separator();
    draw_references(studio);
    ImGui::Separator();
    draw_totals(studio);
    ImGui::Separator();
    draw_masters(studio);
    draw_hold(studio);
}

}  // namespace lathe
