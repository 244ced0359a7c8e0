// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/note_flags.h"
#include "app/studio/views/overview_parts.h"
#include "app/studio/views/song_time.h"
#include "app/studio/views/time_hand.h"
#include "app/studio/views/trim_handles.h"
#include "app/studio/views/wave_lane.h"

namespace lathe {
namespace {

struct Lanes {
    PlotArea wave, loudness, gain;
};

Lanes lanes_of(ImVec2 at, ImVec2 room, TimeSpan shown) {
    const float left = at.x + px(36), right = at.x + room.x - px(4), bottom = at.y + room.y - px(16);
    const float height = bottom - at.y, gap = px(4);
    const float wave_end = at.y + std::round(height * 0.46f), loudness_end = at.y + std::round(height * 0.8f);
    const Axis time = time_axis({shown.from_s, shown.to_s}, 10);
    return {PlotArea({left, at.y}, {right, wave_end}, time, Axis{{-1, 1}, "", false, {}}),
            PlotArea({left, wave_end + gap}, {right, loudness_end}, time, linear_axis({-36, 0}, "LUFS", 12)),
            PlotArea({left, loudness_end + gap}, {right, bottom}, time, linear_axis({-9, 0}, "dB", 6))};
}

/// A song's length beyond what is on screen is not worth a turn of the wheel.
bool shows_whole(const SongTime& song) { return song.shown.length() > 0.999 * song.whole.length(); }

}  // namespace

bool draw_song_time(Studio& studio) {
    const ImVec2 room = ImGui::GetContentRegionAvail(), at = ImGui::GetCursorScreenPos();
    bool on_handle = false;
    if (const SongTime song = song_time(studio); song.info)
        on_handle = take_notes(studio, lanes_of(at, room, song.shown).wave, song);
    if (const SongTime song = song_time(studio); song.info)
        on_handle |=
            take_trim_handles(studio, lanes_of(at, room, song.shown).wave, song.cut, *song.info, song.origin_s);
    const SongTime song = song_time(studio);
    const TimeSpan shown = song.shown, of_source = later(shown, song.origin_s),
                   of_master = later(shown, song.master_late_s);
    const Lanes lanes = lanes_of(at, room, shown);
    const int width = static_cast<int>(lanes.wave.width());
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton("time", room);
    name_item("overview", fmt::format("{:.3f} {:.3f}", shown.from_s, shown.to_s));
    const bool is_left = !on_handle && ImGui::IsItemHovered() && ImGui::GetIO().MouseWheel < 0 && shows_whole(song);
    if (!on_handle) take_time_hand(studio, lanes.wave, shown, song.whole);

    const Sound master = studio.master_sound();
    lanes.wave.draw_axes(false);
    static WaveColumns source_columns, master_columns;
    if (const auto wave = studio.outlines.waveform(song.source)) {
        source_columns.update(wave, song.source, of_source, width);
        draw_wave(lanes.wave, source_columns, with_alpha(look().source, 0.9f));
    }
    const TrackMaster* const landed = studio.current_master();
    const float master_alpha = landed && landed->is_final ? 0.75f : 0.35f;
    if (const auto wave = studio.outlines.waveform(master)) {
        master_columns.update(wave, master, of_master, width);
        draw_wave(lanes.wave, master_columns, with_alpha(look().master, master_alpha));
    }
    if (song.info) {
        draw_trim_handles(studio, lanes.wave, song.cut, song.origin_s);
        draw_notes(studio, lanes.wave, song);
    }
    lanes.loudness.draw_axes(false);
    if (const auto target = shown_master(studio).target.loudness_lufs)
        lanes.loudness.level_line(*target, with_alpha(look().master, 0.8f));
    static LevelColumns source_short, master_short, master_momentary;
    if (const auto levels = studio.analyses.levels(song.source)) {
        source_short.update(levels, &LoudnessCurves::short_term_lufs, of_source, width);
        draw_levels(lanes.loudness, source_short.values, look().source, 1);
    }
    if (const auto levels = studio.analyses.levels(master)) {
        master_momentary.update(levels, &LoudnessCurves::momentary_lufs, of_master, width);
        master_short.update(levels, &LoudnessCurves::short_term_lufs, of_master, width);
        draw_levels(lanes.loudness, master_momentary.values, with_alpha(look().master, 0.4f), 1);
        draw_levels(lanes.loudness, master_short.values, with_alpha(look().master, master_alpha + 0.25f), 1.5f);
    }
    lanes.gain.draw_axes();
    static GainColumns reduction;
    if (landed) {
        reduction.update(landed->preview, of_master, width);
        lanes.gain.fill_between(reduction.values, std::vector<float>(reduction.values.size(), 0.0f),
                                with_alpha(look().master, master_alpha));
    }
    ImGui::PushFont(font(Type::small));
    const ImVec2 legend{lanes.loudness.low().x + px(4), lanes.loudness.low().y + px(1)};
    draw_text(legend, look().source, "source");
    draw_text({legend.x + px(40), legend.y}, look().master, "master");
    draw_text({legend.x + px(84), legend.y}, look().faint_text, "S, M  LUFS");
    draw_text({lanes.gain.low().x + px(4), lanes.gain.high().y - px(15)}, look().faint_text, "gain reduction, dB");
    ImGui::PopFont();
    for (const PlotArea* lane : {&lanes.wave, &lanes.loudness, &lanes.gain}) {
        if (studio.loop) {
            const float from = std::max(lane->x_of(studio.loop->from_s), lane->low().x);
            const float to = std::min(lane->x_of(studio.loop->to_s), lane->high().x);
            if (from < to)
                ImGui::GetWindowDrawList()->AddRectFilled({from, lane->low().y}, {to, lane->high().y},
                                                          with_alpha(look().text, 0.12f));
        }
        lane->upright(studio.playhead_s, look().text);
    }
    return is_left;
}

}  // namespace lathe
