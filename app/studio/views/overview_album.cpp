// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/studio/model/album_sequence.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/overview_parts.h"
#include "app/studio/views/song_time.h"
#include "app/studio/views/time_hand.h"
#include "app/studio/views/wave_lane.h"

namespace lathe {
namespace {

std::optional<TimeSpan> zoomed;  // none: the whole album

Axis wave_axis() { return {{-1, 1}, "", false, {}}; }
Axis loudness_axis() { return linear_axis({-36, 0}, "LUFS", 12); }

struct Lanes {
    PlotArea wave, loudness;
};
Lanes lanes_of(ImVec2 at, ImVec2 room, TimeSpan shown) {
    const float left = at.x + px(36), right = at.x + room.x - px(4);
    const float top = at.y + px(16), bottom = at.y + room.y - px(16);
    const float wave_end = top + std::round((bottom - top) * 0.64f);
    const Axis time = time_axis({shown.from_s, shown.to_s}, 10);
    return {PlotArea({left, top}, {right, wave_end}, time, wave_axis()),
            PlotArea({left, wave_end + px(4)}, {right, bottom}, time, loudness_axis())};
}

/// The columns of a song, as wide as it is on screen.
struct SongColumns {
    WaveColumns source, master;
    LevelColumns short_term;
};

std::optional<double> length_of(Studio& studio, const Track& track) {
    if (const TrackMaster* const master = studio.master_of(track.id)) return sound_s(*master->preview);
    const auto info = studio.outlines.info(studio.sound_of(track.source));
    return info ? std::optional(cut_of(track.info, *info).length_s()) : std::nullopt;
}

/// A song's part of a lane, and what of its own time that shows; nothing: it is
/// out of view.
struct SongArea {
    PlotArea area;
    TimeSpan span;
    int width;
};
std::optional<SongArea> area_of(const PlotArea& lane, const SequencePart& part, const Axis& y) {
    const float low = std::max(std::floor(lane.x_of(part.at_s)), lane.low().x);
    const float high = std::min(std::max(std::ceil(lane.x_of(part.end_s())), low + 1), lane.high().x);
    if (high <= low) return {};
    const TimeSpan span{lane.x_at(low) - part.at_s, lane.x_at(high) - part.at_s};
    Axis time;
    time.range = {span.from_s, span.to_s};
    return SongArea{PlotArea({low, lane.low().y}, {high, lane.high().y}, time, y), span, static_cast<int>(high - low)};
}

void draw_source(Studio& studio, const PlotArea& lane, const Track& track, SequencePart part, WaveColumns& columns) {
    const Sound source = studio.sound_of(track.source);
    const auto info = studio.outlines.info(source);
    if (!info) return;
    const TrackCut cut = cut_of(track.info, *info);
    part.length_s = cut.length_s();
    const auto shown = area_of(lane, part, wave_axis());
    const auto wave = studio.outlines.waveform(source);
    if (!shown || !wave) return;
    columns.update(wave, source, later(shown->span, cut.start_s), shown->width);
    draw_wave(shown->area, columns, with_alpha(look().source, 0.9f));
}

void draw_song(Studio& studio, const Lanes& lanes, const Track& track, const SequencePart& part) {
    static std::map<std::string, SongColumns> all_columns;
    SongColumns& columns = all_columns[track.id];
    const auto shown = area_of(lanes.wave, part, wave_axis());
    const auto levels_shown = area_of(lanes.loudness, part, loudness_axis());
    if (!shown || !levels_shown) return;
    if (track.id == studio.track)
        for (const PlotArea* lane : {&shown->area, &levels_shown->area})
            ImGui::GetWindowDrawList()->AddRectFilled(lane->low(), lane->high(), with_alpha(look().text, 0.06f));
    draw_source(studio, lanes.wave, track, part, columns.source);
    const TrackMaster* const master = studio.master_of(track.id);
    if (!master) return;
    const float alpha = master->is_final ? 0.75f : 0.35f;
    const TimeSpan of_master = later(shown->span, master->preview->gap_before_s);
    const Sound sound = sound_of(*master->preview);
    if (const auto wave = studio.outlines.waveform(sound)) {
        columns.master.update(wave, sound, of_master, shown->width);
        draw_wave(shown->area, columns.master, with_alpha(look().master, alpha));
    }
    if (const auto levels = studio.analyses.levels(sound)) {
        columns.short_term.update(levels, &LoudnessCurves::short_term_lufs, of_master, shown->width);
        draw_levels(levels_shown->area, columns.short_term.values, with_alpha(look().master, alpha + 0.25f), 1.5f);
    }
}

/// A song's name above its beginning, and lines where it begins and ends.
void draw_border(const Studio& studio, const Lanes& lanes, const Track& track, const SequencePart& part) {
    const float from = lanes.wave.x_of(part.at_s), to = lanes.wave.x_of(part.end_s());
    const ImVec2 low{std::max(from, lanes.wave.low().x), lanes.wave.low().y - px(15)};
    const ImVec2 high{std::min(to, lanes.wave.high().x), lanes.loudness.high().y};
    if (high.x <= low.x) return;
    name_place("overview/song/" + track.id, low, high, fmt::format("{:.3f} {:.3f}", part.at_s, part.length_s));
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(low, high, true);  // where there is no room for a letter
    const std::string name = fmt::format("{}  {}", track.number, track.info.title);
    draw_text({low.x + px(3), low.y + px(1)}, track.id == studio.track ? look().text : look().faint_text,
              shortened(name, high.x - low.x - px(6)));
    draw.PopClipRect();
    for (const PlotArea* lane : {&lanes.wave, &lanes.loudness}) {
        lane->upright(part.at_s, look().line);
        lane->upright(part.end_s(), look().line);
    }
}

/// How long the silence is before a song, or how far it reaches into the one before.
void draw_gap(const Lanes& lanes, const SequencePart& part) {
    if (part.gap_s == 0) return;
    const double from_s = part.at_s - std::max(part.gap_s, 0.0), to_s = part.at_s - std::min(part.gap_s, 0.0);
    const float from = std::max(lanes.wave.x_of(from_s), lanes.wave.low().x);
    const float to = std::min(lanes.wave.x_of(to_s), lanes.wave.high().x);
    if (to <= from) return;
    for (const PlotArea* lane : {&lanes.wave, &lanes.loudness})
        ImGui::GetWindowDrawList()->AddRectFilled({from, lane->low().y}, {to, lane->high().y},
                                                  part.gap_s > 0 ? look().window : with_alpha(look().text, 0.12f));
    const std::string text = quantity_text(part.gap_s, "s");
    if (ImGui::CalcTextSize(text.c_str()).x < to - from)
        draw_text({(from + to) / 2, lanes.wave.high().y - px(16)}, look().faint_text, text, 0.5f);
}

/// The song under the pointer; the one before a gap for the gap.
std::size_t song_at(const std::vector<SequencePart>& parts, double seconds) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].at_s <= seconds) found = i;
    return found;
}

}  // namespace

bool draw_album_time(Studio& studio) {
    const std::vector<SequencePart> parts =
        sequence_of(studio.album(), [&](const Track& track) { return length_of(studio, track); });
    const TimeSpan whole{0, std::max(parts.back().end_s(), 0.01)};
    const TimeSpan shown = zoomed.value_or(whole);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const Lanes lanes = lanes_of(at, room, shown);
    ImGui::InvisibleButton("album time", room);
    name_item("overview", fmt::format("{:.3f} {:.3f}", shown.from_s, shown.to_s));
    static bool was_dragged = false;
    if (ImGui::IsItemActivated()) was_dragged = false;
    was_dragged = was_dragged || (ImGui::IsItemActive() && ImGui::IsMouseDragging(0));
    if (const auto span = take_zoom(lanes.wave, shown, whole)) zoomed = *span;
    if (zoomed && zoomed->length() > 0.999 * whole.length()) zoomed.reset();
    const double pointed_s = lanes.wave.x_at(ImGui::GetIO().MousePos.x);
    const std::size_t pointed = song_at(parts, pointed_s);
    const bool chosen = ImGui::IsItemDeactivated() && !was_dragged && ImGui::IsItemHovered();
    if (ImGui::IsItemHovered())
        pointer_hint() = fmt::format("{}  {}   click: to this song, wheel: zoom, drag: move",
                                     time_text(std::max(pointed_s, 0.0)), studio.tracks()[pointed].info.title);

    lanes.wave.draw_axes(false);
    lanes.loudness.draw_axes();
    if (const auto target = shown_master(studio).target.loudness_lufs)
        lanes.loudness.level_line(*target, with_alpha(look().master, 0.8f));
    ImGui::PushFont(font(Type::small));
    for (std::size_t i = 0; i < parts.size(); ++i) draw_gap(lanes, parts[i]);
    for (std::size_t i = 0; i < parts.size(); ++i) draw_song(studio, lanes, studio.tracks()[i], parts[i]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Track& track = studio.tracks()[i];
        draw_border(studio, lanes, track, parts[i]);
        if (track.id != studio.track) continue;
        const TrackMaster* const master = studio.master_of(track.id);
        const double playhead_s = parts[i].at_s + studio.playhead_s - (master ? master->preview->gap_before_s : 0);
        lanes.wave.upright(playhead_s, look().text);
        lanes.loudness.upright(playhead_s, look().text);
    }
    draw_text({lanes.loudness.low().x + px(4), lanes.loudness.low().y + px(1)}, look().faint_text, "S  LUFS");
    ImGui::PopFont();
    if (!chosen) return false;
    studio.choose_track(studio.tracks()[pointed].id);
    const TrackMaster* const master = studio.current_master();
    studio.place_playhead(pointed_s - parts[pointed].at_s + (master ? master->preview->gap_before_s : 0));
    return true;
}

}  // namespace lathe
