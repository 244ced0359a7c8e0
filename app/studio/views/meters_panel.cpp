// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

std::size_t hop_at(const LevelHistory& history, double seconds) {
    return std::min(static_cast<std::size_t>(std::max(seconds, 0.0) * hops_per_second), history.hops() - 1);
}

std::optional<double> known(float value) {
    return std::isnan(value) ? std::nullopt : std::optional(static_cast<double>(value));
}

void draw_bar(const char* name, const std::optional<double>& value, Range range, const char* unit,
              std::optional<double> limit) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float left = at.x + px(24), width = px(168), height = px(10);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const auto place = [&](double v) {
        return left + width * static_cast<float>(std::clamp((v - range.low) / (range.high - range.low), 0.0, 1.0));
    };
    draw_text({at.x, at.y}, look().faint_text, name);
    draw.AddRectFilled({left, at.y + px(3)}, {left + width, at.y + px(3) + height}, look().raised, px(2));
    const bool over = limit && value && *value > *limit + 0.02;
    if (value)
        draw.AddRectFilled({left, at.y + px(3)}, {place(*value), at.y + px(3) + height},
                           over ? look().broken : look().master, px(2));
    if (limit) draw.AddLine({place(*limit), at.y + px(1)}, {place(*limit), at.y + px(15)}, look().text);
    draw_text({left + width + px(84), at.y}, look().text, measured_text(value, unit) + (over ? " \u25b2" : ""), 1);
    name_place(std::string("meter/") + name, at, {left + width + px(84), at.y + px(16)}, measured_text(value, unit));
    ImGui::Dummy({px(280), px(17)});
}

void draw_goniometer(const Sound& sound, double seconds) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = ImGui::GetContentRegionAvail().y - px(2), half = side / 2;
    const ImVec2 centre{at.x + half, at.y + half};
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddLine({centre.x - half * 0.7f, centre.y - half * 0.7f}, {centre.x + half * 0.7f, centre.y + half * 0.7f},
                 look().grid);
    draw.AddLine({centre.x + half * 0.7f, centre.y - half * 0.7f}, {centre.x - half * 0.7f, centre.y + half * 0.7f},
                 look().grid);
    draw.AddCircle(centre, half, look().strong_grid, 64);
    ImGui::Dummy({side, side});
    if (!sound.audio || sound.audio->channels() < 2) return;
    constexpr Frames count = 1024;
    const auto from = std::clamp<Frames>(static_cast<Frames>(seconds * sound.rate), 0,
                                         std::max<Frames>(0, sound.audio->frames() - count));
    AudioBuffer<float> piece(sound.audio->channels(), std::min(count, sound.audio->frames()));
    sound.audio->read(from, piece.view());
    for (Frames n = 0; n < piece.frames(); n += 2) {
        const float l = piece.channel(0)[n], r = piece.channel(1)[n];
        const ImVec2 p{centre.x + (r - l) * 0.7071f * half, centre.y - (l + r) * 0.7071f * half};
        draw.AddRectFilled(p, {p.x + px(1), p.y + px(1)}, with_alpha(look().master, 0.6f));
    }
}

}  // namespace

void draw_meters(Studio& studio) {
    const TrackMaster* const landed = studio.current_master();
    if (!landed) return draw_panel_title("METERS");
    const Sound sound = studio.master_sound();
    const auto levels = studio.analyses.levels(sound);
    const MasterTarget& target = shown_master(studio).target;
    const FileMeasurement& m = landed->preview->result.measured;
    std::optional<double> momentary, short_term, peak, correlation, psr;
    if (levels && levels->hops() > 0) {
        const std::size_t hop = hop_at(*levels, studio.playhead_s);
        momentary = known(levels->loudness.momentary_lufs[hop]);
        short_term = known(levels->loudness.short_term_lufs[hop]);
        double highest = 0;
        for (const auto& channel : levels->true_peak) highest = std::max(highest, static_cast<double>(channel[hop]));
        peak = highest > 0 ? std::optional(20 * std::log10(highest)) : std::nullopt;
        if (!levels->stereo.correlation.empty()) correlation = known(levels->stereo.correlation[hop]);
    }
    ImGui::BeginGroup();
    draw_panel_title("AT THE PLAYHEAD");
    draw_bar("M", momentary, {-41, -5}, "LUFS", {});
    draw_bar("S", short_term, {-41, -5}, "LUFS", {});
    draw_bar("TP", peak, {-41, 3}, "dBTP", target.true_peak_dbtp);
    draw_bar("cor", correlation, {-1, 1}, "", {});
    ImGui::EndGroup();
    ImGui::SameLine(0, px(16));
    ImGui::BeginGroup();
    draw_panel_title("WHOLE SONG");
    draw_bar("I", m.integrated_lufs, {-41, -5}, "LUFS", {});
    draw_bar("LRA", m.loudness_range_lu, {0, 24}, "LU", {});
    draw_bar("PLR", m.plr_lu, {0, 24}, "dB", {});
    draw_bar("TP", m.true_peak_dbtp, {-41, 3}, "dBTP", target.true_peak_dbtp);
    ImGui::EndGroup();
    ImGui::SameLine(0, px(16));
    draw_goniometer(sound, studio.playhead_s);
}

}  // namespace lathe
