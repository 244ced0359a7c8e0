// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/goniometer.h"
#include "app/studio/views/meter_bar.h"
#include "app/studio/views/meter_scale.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

constexpr Field scale_field = choice_field<&MeterScale::scale, loudness_scales>(
    "scale", "what loudness is read on: EBU +9 reaches from 18 LU below zero to 9 above, EBU +18 from 36 to 18");
constexpr Field zero_field = choice_field<&MeterScale::zero, loudness_zeros>(
    "zero", "what 0 LU is: the target of the album's loudness, or the \u221223 LUFS of EBU R 128");

void choose_scale(Studio& studio, const char* name, const Field& field, MeterScale& scale, float width,
                  const std::string& shown) {
    const MeterScale usual;
    if (choose(name, field, &scale, &usual, px(width), shown)) scale.keep(studio.preferences);
}

/// A column's name, and at its right end the scale of its bars.
void draw_head(Studio& studio, MeterScale& scale, const char* title, float width, bool has_choices) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_panel_title(title);
    const float below = ImGui::GetCursorScreenPos().y + px(3);
    if (!has_choices) return ImGui::SetCursorScreenPos({at.x, below});
    ImGui::PushFont(font(Type::small));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(4), 0});
    ImGui::SetCursorScreenPos({at.x + width - px(scale.is_relative() ? 116 : 54), at.y});
    choose_scale(studio, "meter/scale", scale_field, scale, 54,
                 std::string(loudness_scales[static_cast<std::size_t>(scale.scale)]));
    if (scale.is_relative()) {
        ImGui::SameLine(0, px(4));
        choose_scale(studio, "meter/zero", zero_field, scale, 58,
                     scale.zero == LoudnessZero::target ? "0: target" : "0: \u221223");
    }
    ImGui::PopStyleVar();
    ImGui::PopFont();
    ImGui::SetCursorScreenPos({at.x, below});
}

std::optional<double> known(float value) {
    return std::isnan(value) ? std::nullopt : std::optional(static_cast<double>(value));
}

/// What the master is at the playhead.
struct AtPlayhead {
    std::optional<double> momentary, short_term, peak, psr;
};
AtPlayhead at_playhead(Studio& studio) {
    const auto levels = studio.analyses.levels(studio.master_sound());
    if (!levels || levels->hops() == 0) return {};
    const auto hop =
        std::min(static_cast<std::size_t>(std::max(studio.playhead_s, 0.0) * hops_per_second), levels->hops() - 1);
    AtPlayhead at{known(levels->loudness.momentary_lufs[hop]), known(levels->loudness.short_term_lufs[hop]), {}, {}};
    double highest = 0;
    for (const auto& channel : levels->true_peak) highest = std::max(highest, static_cast<double>(channel[hop]));
    if (highest > 0) at.peak = 20 * std::log10(highest);
    if (const auto psr = studio.analyses.psr(studio.master_sound())) at.psr = known((*psr)[hop]);
    return at;
}

MeterBar loudness_bar(const MeterScale& scale, const std::optional<double>& target, const char* name,
                      const std::optional<double>& lufs, const char* tip) {
    MeterBar bar{name, lufs, scale.range(target), scale.text(lufs, target), tip};
    bar.aim = target;
    if (scale.is_relative()) bar.ticks = {scale.zero_lufs(target)};
    return bar;
}

constexpr Range peak_range{-41, 3}, ratio_range{0, 24};

}  // namespace

void draw_meters(Studio& studio) {
    const TrackMaster* const landed = studio.current_master();
    if (!landed) return draw_panel_title("METERS");
    static MeterScale scale = MeterScale::kept(studio.preferences);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float gap = px(18), round = room.y;
    const float stereo = std::min(px(240), std::floor(room.x * 0.26f));
    const float column = std::min(px(300), std::floor((room.x - round - stereo - 3 * gap) / 2));
    const MasterTarget& target = shown_master(studio).target;
    const FileMeasurement& m = landed->preview->result.measured;
    const std::optional<double>& aim = target.loudness_lufs;
    const AtPlayhead now = at_playhead(studio);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(8), 0});

    ImGui::BeginGroup();
    draw_head(studio, scale, "AT THE PLAYHEAD", column, false);
    draw_meter(loudness_bar(scale, aim, "M", now.momentary, "momentary loudness: of the last 400 ms"), column);
    draw_meter(loudness_bar(scale, aim, "S", now.short_term, "short-term loudness: of the last 3 s"), column);
    draw_meter({"PSR", now.psr, ratio_range, measured_text(now.psr, "dB"),
                "peak to short-term loudness ratio: the highest true peak of the last 3 s above their loudness\n"
                "below 8 dB a passage is dense"},
               column);
    draw_meter({"TP",
                now.peak,
                peak_range,
                measured_text(now.peak, "dBTP"),
                "true peak of this hundredth of a second, between the samples too",
                target.true_peak_dbtp,
                {},
                {},
                "meter/TP-now"},
               column);
    ImGui::EndGroup();

    ImGui::SetCursorScreenPos({at.x + column + gap, at.y});
    ImGui::BeginGroup();
    draw_head(studio, scale, "WHOLE SONG", column, true);
    draw_meter(loudness_bar(scale, aim, "I", m.integrated_lufs, "integrated loudness of the whole song"), column);
    draw_meter({"LRA", m.loudness_range_lu, ratio_range, measured_text(m.loudness_range_lu, "LU"),
                "loudness range: how far the quiet passages lie below the loud ones"},
               column);
    draw_meter({"PLR", m.plr_lu, ratio_range, measured_text(m.plr_lu, "dB"),
                "peak to loudness ratio: the true peak above the integrated loudness"},
               column);
    draw_meter({"TP", m.true_peak_dbtp, peak_range, measured_text(m.true_peak_dbtp, "dBTP"),
                "the highest true peak of the whole song", target.true_peak_dbtp},
               column);
    ImGui::EndGroup();

    ImGui::SetCursorScreenPos({at.x + 2 * (column + gap), at.y});
    ImGui::BeginGroup();
    draw_stereo_bands(studio, stereo);
    ImGui::EndGroup();
    ImGui::SetCursorScreenPos({at.x + 2 * (column + gap) + stereo + gap, at.y});
    draw_goniometer(studio, round);
    ImGui::PopStyleVar();
}

}  // namespace lathe
