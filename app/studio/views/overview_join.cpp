// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/session/versions.h"
#include "app/studio/model/album_sequence.h"
#include "app/studio/model/comparison.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/overview_parts.h"
#include "app/studio/views/song_time.h"
#include "app/studio/views/trim_handles.h"
#include "app/studio/views/wave_lane.h"

namespace lathe {
namespace {

constexpr double shortest_reach_s = 0.05, longest_reach_s = 120, fine_share = 0.1;
constexpr double near_s = 10;  // what the ear sets side by side
double reach_s = 8;            // to both sides of the join

/// A song beside the join. The join's time is 0 where the song before has
/// sounded out.
struct Side {
    const Track* track = nullptr;
    Sound source, master;
    bool is_final = false;
    std::shared_ptr<const AudioInfo> info;
    TrackCut cut;
    double source_later_s = 0;   ///< of the source at the join's time 0
    double master_later_s = 0;   ///< of the master's file
    std::optional<double> lufs;  ///< the loudest short-term one of its last or first `near_s`
};

Side side_of(Studio& studio, const Track& track) {
    Side side;
    side.track = &track;
    side.source = studio.sound_of(track.source);
    side.info = studio.outlines.info(side.source);
    if (side.info) side.cut = cut_of(track.info, *side.info);
    const TrackMaster* const landed = studio.master_of(track.id);
    if (!landed) return side;
    side.master = sound_of(*landed->preview);
    side.is_final = landed->is_final;
    side.master_later_s = landed->preview->gap_before_s;
    return side;
}

/// The loudest short-term loudness of a stretch of a master's file: its last or first three seconds alone may be a tail
/// that nobody hears, or a breath.
std::optional<double> loudest_within(Studio& studio, const Sound& sound, double from_s, double to_s) {
    const auto levels = studio.analyses.levels(sound);
    return levels ? loudest_short_term_lufs(*levels, {from_s, to_s}) : std::nullopt;
}

struct Join {
    Side before, behind;
    double gap_s = 0;
    bool is_one_programme = false;
};

/// Behind the current song; before it where it is the last.
Join join_of(Studio& studio) {
    const std::vector<Track>& tracks = studio.tracks();
    const auto current = static_cast<std::size_t>(studio.current_track()->number - 1);
    const std::size_t first = std::min(current, tracks.size() - 2);
    Join join{side_of(studio, tracks[first]), side_of(studio, tracks[first + 1])};
    const bool touches =
        join.before.info && joined_at(studio.album(), tracks[first], CutEdge::end, join.before.info->sample_rate);
    // Other versions are programmes of their own.
    const bool are_main =
        !find_version(tracks[first], studio.version) && !find_version(tracks[first + 1], studio.version);
    join.is_one_programme = are_main && (tracks[first + 1].info.segue || touches);
    join.gap_s = join.is_one_programme ? 0 : tracks[first + 1].info.gap_s;
    double sounds_s = join.before.cut.length_s();
    if (join.before.master) {
        const TrackPreview& preview = *studio.board->tracks.at(tracks[first].id).preview;
        sounds_s = sound_s(preview);
        const double end_s = std::min(sounds_s + preview.gap_before_s, preview.result.duration_s);
        join.before.lufs = loudest_within(studio, join.before.master, end_s - near_s, end_s);
    }
    join.before.source_later_s = join.before.cut.start_s + sounds_s;
    join.before.master_later_s += sounds_s;
    if (join.behind.master)
        join.behind.lufs =
            loudest_within(studio, join.behind.master, join.behind.master_later_s, join.behind.master_later_s + near_s);
    join.behind.source_later_s = join.behind.cut.start_s - join.gap_s;
    join.behind.master_later_s -= join.gap_s;
    return join;
}

void draw_side(Studio& studio, const PlotArea& lane, const Side& side, TimeSpan shown, CutEdge edge,
               WaveColumns& source_columns, WaveColumns& master_columns) {
    const int width = static_cast<int>(lane.width());
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const auto source_wave = studio.outlines.waveform(side.source);
    if (source_wave && side.info) {
        source_columns.update(source_wave, side.source, later(shown, side.source_later_s), width);
        draw_wave(lane, source_columns, with_alpha(look().source, 0.9f));
        const float from = std::max(lane.x_of(side.cut.end_s - side.source_later_s), lane.low().x);
        const float to = std::min(lane.x_of(side.cut.start_s - side.source_later_s), lane.high().x);
        if (edge == CutEdge::end && from < lane.high().x)
            draw.AddRectFilled({from, lane.low().y}, lane.high(), with_alpha(look().panel, 0.75f));
        if (edge == CutEdge::start && to > lane.low().x)
            draw.AddRectFilled(lane.low(), {to, lane.high().y}, with_alpha(look().panel, 0.75f));
    }
    if (const auto wave = studio.outlines.waveform(side.master)) {
        master_columns.update(wave, side.master, later(shown, side.master_later_s), width);
        draw_wave(lane, master_columns, with_alpha(look().master, side.is_final ? 0.75f : 0.35f));
    }
    if (side.info) draw_fade(lane, side.cut, side.track->info, edge, side.source_later_s);
}

std::string title_of(const Side& side) { return fmt::format("{}  {}", side.track->number, side.track->info.title); }

/// What the join is, in a row: names, gap, segue, and how loud the songs are
/// there.
void draw_row(Studio& studio, const Join& join) {
    const Track track = *join.behind.track;
    const float left = ImGui::GetCursorPosX() + px(36);
    ImGui::SetCursorPosX(left);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(fmt::format("{}  \u2192  {}", title_of(join.before), title_of(join.behind)).c_str());
    ImGui::SameLine(0, px(16));
    const Field& field = *find_field(TrackInfo::fields(), "gap_s");
    if (join.is_one_programme) {
        ImGui::TextDisabled("no gap: one programme");
    } else {
        ImGui::TextDisabled("gap");
        ImGui::SameLine(0, px(6));
        const Handled handled = cell("join/gap", field, Value(join.gap_s), px(72));
        if (handled.value) studio.edit("move the gap", gap_edits(track, std::get<double>(*handled.value)), "join/gap");
        if (handled.reset) studio.edit("reset the gap", gap_edits(track, 0));
        if (handled.let_go) studio.document->end_drag();
    }
    ImGui::SameLine(0, px(8));
    if (toggle("join/segue", "segue", track.info.segue,
               "joined to the song before: one programme, with one gain and no "
               "seam"))
        studio.edit(track.info.segue ? "part the songs" : "join the songs", segue_edits(track, !track.info.segue));
    ImGui::SameLine(0, px(16));
    std::string step;
    if (join.before.lufs && join.behind.lufs) {
        const double by = *join.behind.lufs - *join.before.lufs;
        step = fmt::format("  ({}{})", by > 0 ? "+" : "", measured_text(by, "LU"));
    }
    const std::string levels = fmt::format("S  {}  \u2192  {}{}", measured_text(join.before.lufs, ""),
                                           measured_text(join.behind.lufs, "LUFS"), step);
    ImGui::TextUnformatted(levels.c_str());
    name_item("join/levels", levels);
    explain(
        "the loudest short-term loudness of the last ten seconds before the "
        "join, and of the first ten behind it");
}

/// The later song is dragged to and fro.
void take_drag(Studio& studio, const Join& join, const PlotArea& lane) {
    static double gap_s = 0;
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActivated()) gap_s = join.gap_s;
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0) && io.MouseDelta.x != 0 && !join.is_one_programme) {
        gap_s += 2 * reach_s * static_cast<double>(io.MouseDelta.x / lane.width()) * (io.KeyShift ? fine_share : 1);
        studio.edit("move the gap", gap_edits(*join.behind.track, gap_s), "join/drag");
    }
    if (ImGui::IsItemDeactivated()) studio.document->end_drag();
}

/// The playhead is put where the hand clicks, and drawn where it is. Played is the song before, and on.
void take_playhead(Studio& studio, const Join& join, const PlotArea& upper, const PlotArea& lower, TimeSpan shown,
                   bool is_clicked) {
    if (is_clicked) {
        const double at_s = upper.x_at(ImGui::GetMousePos().x);
        studio.choose_track(join.before.track->id);
        studio.join_shown = later(shown, join.before.master_later_s);
        studio.place_playhead(at_s + join.before.master_later_s);
    }
    const bool is_before = studio.track == join.before.track->id;
    if (is_before) studio.join_shown = later(shown, join.before.master_later_s);
    const double at_s = studio.playhead_s - (is_before ? join.before : join.behind).master_later_s;
    upper.upright(at_s, look().master);
    lower.upright(at_s, look().master);
    name_place("join/before", upper.low(), upper.high(), fmt::format("{:.3f}", at_s));
}

}  // namespace

void draw_join(Studio& studio) {
    if (studio.album().tracks.size() < 2) return ImGui::TextDisabled("one song alone has no join");
    draw_row(studio, join_of(studio));
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const TimeSpan shown{-reach_s, reach_s};
    const float left = at.x + px(36), right = at.x + room.x - px(4), bottom = at.y + room.y - px(16);
    const float middle = at.y + std::round((bottom - at.y) / 2);
    const Axis time = linear_axis({shown.from_s, shown.to_s}, "s", reach_s > 20 ? 10 : reach_s > 4 ? 2 : reach_s / 4);
    const Axis wave{{-1, 1}, "", false, {}};
    const PlotArea upper({left, at.y}, {right, middle - px(1)}, time, wave),
        lower({left, middle + px(1)}, {right, bottom}, time, wave);
    ImGui::SetCursorScreenPos(lower.low());
    ImGui::InvisibleButton("later song", {lower.width(), lower.height()});
    const bool on_lower = ImGui::IsItemHovered() || ImGui::IsItemActive();
    take_drag(studio, join_of(studio), lower);
    if (on_lower) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
        explain(
            "drag the song to and fro: the gap (Shift: fine); right-click: no "
            "gap; wheel: zoom");
        if (ImGui::IsMouseClicked(1)) studio.edit("reset the gap", gap_edits(*join_of(studio).behind.track, 0));
    }
    const Join join = join_of(studio);
    name_item("join/behind", fmt::format("{:.3f}", join.gap_s));
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton("join", room);
    const bool is_clicked = ImGui::IsItemClicked() && upper.holds(ImGui::GetMousePos());
    if (!on_lower && ImGui::IsItemHovered())
        explain("the end of the song before: click for the playhead, Space plays through the join; wheel: zoom");
    if (on_lower || ImGui::IsItemHovered())
        if (const float wheel = ImGui::GetIO().MouseWheel; wheel != 0)
            reach_s =
                std::clamp(reach_s * std::pow(0.8, static_cast<double>(wheel)), shortest_reach_s, longest_reach_s);
    upper.draw_axes(false);
    lower.draw_axes();
    static WaveColumns columns[4];
    draw_side(studio, upper, join.before, shown, CutEdge::end, columns[0], columns[1]);
    draw_side(studio, lower, join.behind, shown, CutEdge::start, columns[2], columns[3]);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const double from = std::max(std::min(join.gap_s, 0.0), shown.from_s),
                 to = std::min(std::max(join.gap_s, 0.0), shown.to_s);
    if (from < to)
        draw.AddRectFilled({upper.x_of(from), upper.low().y}, {upper.x_of(to), lower.high().y},
                           with_alpha(look().text, 0.1f));
    upper.upright(0, look().text);
    lower.upright(join.gap_s, look().text);
    take_playhead(studio, join, upper, lower, shown, is_clicked);
}

}  // namespace lathe
