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
#include "app/studio/views/columns.h"
#include "app/studio/views/panels.h"
#include "app/studio/views/time_hand.h"

namespace lathe {
namespace {

/// Where a file's time 0 lies on the track's: a source begins at its trim.
double start_of(const Track& track, double rate) { return static_cast<double>(track.info.start.frame_at(rate)) / rate; }

void draw_wave(const PlotArea& area, const WaveColumns& columns, ImU32 colour) {
    area.fill_between(columns.low, columns.high, with_alpha(colour, 0.55f));
    area.fill_between(columns.rms_low, columns.rms_high, colour);
}

/// A curve of values a column, NaN: nothing.
void draw_levels(const PlotArea& area, const std::vector<float>& values, ImU32 colour, float points) {
    std::vector<double> x(values.size()), y(values.begin(), values.end());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = area.x_at(area.low().x + static_cast<float>(i) + 0.5f);
    area.curve(x, y, colour, points);
}

struct Lanes {
    PlotArea wave, loudness, gain;
};

Lanes lanes_of(TimeSpan shown) {
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float left = at.x + px(36), right = at.x + room.x - px(4), bottom = at.y + room.y - px(16);
    const float height = bottom - at.y, gap = px(4);
    const float wave_end = at.y + std::round(height * 0.46f), loudness_end = at.y + std::round(height * 0.8f);
    const Axis time = time_axis({shown.from_s, shown.to_s}, 10);
    return {PlotArea({left, at.y}, {right, wave_end}, time, Axis{{-1, 1}, "", false, {}}),
            PlotArea({left, wave_end + gap}, {right, loudness_end}, time, linear_axis({-36, 0}, "LUFS", 12)),
            PlotArea({left, loudness_end + gap}, {right, bottom}, time, linear_axis({-9, 0}, "dB", 6))};
}

}  // namespace

void draw_overview(Studio& studio) {
    const Track* const track = studio.current_track();
    if (!track) return draw_panel_title("drop songs into the window to begin");
    const Sound source = studio.source_sound(), master = studio.master_sound();
    const auto source_wave = studio.analyses.waveform(source), master_wave = studio.analyses.waveform(master);
    const double rate = source_wave ? source_wave->rate : 44100;
    const double start_s = start_of(*track, rate);
    double duration = studio.track_duration_s();
    if (duration <= 0 && source_wave) duration = source_wave->duration_s() - start_s;
    duration = std::max(duration, 0.01);
    const TimeSpan shown = studio.shown.value_or(TimeSpan{0, duration});
    const Lanes lanes = lanes_of(shown);
    const int width = static_cast<int>(lanes.wave.width());
    ImGui::InvisibleButton("time", ImGui::GetContentRegionAvail());
    name_item("overview", fmt::format("{:.3f} {:.3f}", shown.from_s, shown.to_s));
    take_time_hand(studio, lanes.wave, shown, duration);

    lanes.wave.draw_axes(false);
    static WaveColumns source_columns, master_columns;
    if (source_wave) {
        source_columns.update(*source_wave, source, {shown.from_s + start_s, shown.to_s + start_s}, width);
        draw_wave(lanes.wave, source_columns, with_alpha(look().source, 0.9f));
    }
    const TrackMaster* const landed = studio.current_master();
    const float master_alpha = landed && landed->is_final ? 0.75f : 0.35f;
    if (master_wave) {
        master_columns.update(*master_wave, master, shown, width);
        draw_wave(lanes.wave, master_columns, with_alpha(look().master, master_alpha));
    }
    lanes.loudness.draw_axes(false);
    if (const auto target = shown_master(studio).target.loudness_lufs)
        lanes.loudness.level_line(*target, with_alpha(look().master, 0.8f));
    static LevelColumns source_short, master_short, master_momentary;
    if (const auto levels = studio.analyses.levels(source)) {
        source_short.update(levels, &LoudnessCurves::short_term_lufs, {shown.from_s + start_s, shown.to_s + start_s},
                            width);
        draw_levels(lanes.loudness, source_short.values, look().source, 1);
    }
    if (const auto levels = studio.analyses.levels(master)) {
        master_momentary.update(levels, &LoudnessCurves::momentary_lufs, shown, width);
        master_short.update(levels, &LoudnessCurves::short_term_lufs, shown, width);
        draw_levels(lanes.loudness, master_momentary.values, with_alpha(look().master, 0.4f), 1);
        draw_levels(lanes.loudness, master_short.values, with_alpha(look().master, master_alpha + 0.25f), 1.5f);
    }
    lanes.gain.draw_axes();
    static GainColumns reduction;
    if (landed) {
        reduction.update(landed->preview, shown, width);
        lanes.gain.fill_between(reduction.values, std::vector<float>(reduction.values.size(), 0.0f),
                                with_alpha(look().master, master_alpha));
    }
    ImGui::PushFont(font(Type::small));
    draw_text({lanes.wave.low().x + px(4), lanes.wave.low().y + px(1)}, look().source, "source");
    draw_text({lanes.wave.low().x + px(44), lanes.wave.low().y + px(1)}, look().master, "master");
    draw_text({lanes.loudness.low().x + px(4), lanes.loudness.low().y + px(1)}, look().faint_text, "LUFS  S, M");
    draw_text({lanes.gain.low().x + px(4), lanes.gain.high().y - px(15)}, look().faint_text, "gain reduction, dB");
    ImGui::PopFont();
    for (const PlotArea* lane : {&lanes.wave, &lanes.loudness, &lanes.gain}) {
        if (studio.loop)
            ImGui::GetWindowDrawList()->AddRectFilled({lane->x_of(studio.loop->from_s), lane->low().y},
                                                      {lane->x_of(studio.loop->to_s), lane->high().y},
                                                      with_alpha(look().text, 0.12f));
        lane->upright(studio.playhead_s, look().text);
    }
}

}  // namespace lathe
