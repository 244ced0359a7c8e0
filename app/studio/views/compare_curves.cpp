// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/model/signals.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/compare_parts.h"

namespace lathe {
namespace {

constexpr double shown_residual_floor_db = -120;

std::shared_ptr<const Signal> signal_of(const Sound& sound) {
    if (sound.audio) return std::make_shared<KeptSignal>(sound.audio, sound.rate);
    return std::make_shared<FileSignal>(sound.path, 0);
}

/// The part of a side's sound that is compared; none: all of it.
std::optional<Stretch> part_of(const ComparedPart& side) {
    constexpr double hop_s = 0.01;
    const double end_s = side.levels->end_s(side.levels->hops() - 1);
    if (side.stretch.from_s <= 0 && side.stretch.to_s >= end_s - hop_s) return {};
    return side.stretch;
}

/// Over the curve, and legible before it.
void draw_caption(ImVec2 corner, const std::string& text) {
    ImGui::PushFont(font(Type::small));
    const ImVec2 at{corner.x + px(6), corner.y + px(3)}, size = ImGui::CalcTextSize(text.c_str());
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - px(3), at.y}, {at.x + size.x + px(3), at.y + size.y},
                                              with_alpha(look().window, 0.75f));
    draw_text(at, look().faint_text, text);
    ImGui::PopFont();
}

void draw_spectra(Studio& studio, const Comparison& comparison, ImVec2 low, ImVec2 high) {
    const PlotArea area(low, high, frequency_axis({20, 20000}), linear_axis({-9, 9}, "dB", 3));
    area.draw_axes();
    const auto a = studio.analyses.spectrum(comparison.now_sound, SpectrumPart::sum, part_of(comparison.now));
    const auto b = studio.analyses.spectrum(comparison.other_sound, SpectrumPart::sum, part_of(comparison.other));
    if (!a || !b) return;
    std::vector<double> hz, difference;  // both lie on one grid, up to the lower rate
    double furthest = 0;
    for (std::size_t i = 0; i < std::min(a->hz.size(), b->hz.size()); ++i) {
        hz.push_back(a->hz[i]);
        difference.push_back(a->average_db[i] - b->average_db[i] - comparison.loudness->gain_db);
        if (a->hz[i] >= 20 && std::isfinite(difference.back()) && std::abs(difference.back()) > std::abs(furthest))
            furthest = difference.back();
    }
    ImGui::GetWindowDrawList()->PushClipRect(low, high, true);
    area.curve(hz, difference, look().master, 1.6f);
    ImGui::GetWindowDrawList()->PopClipRect();
    name_place("compare/spectrum", low, high, fmt::format("{:+.1f}", furthest));
}

/// Values every 100 ms from the stretch's beginning on.
void draw_over_time(const PlotArea& area, const std::vector<float>& values, double from_s, double floor) {
    std::vector<double> x, y;
    for (std::size_t i = 0; i < values.size(); ++i) {
        x.push_back(from_s + (static_cast<double>(i) + 0.5) * LoudnessDifference::step_s);
        const double value = static_cast<double>(values[i]);
        y.push_back(value < floor ? floor : value);  // NaN stays a gap
    }
    ImGui::GetWindowDrawList()->PushClipRect(area.low(), area.high(), true);
    area.curve(x, y, look().master, 1.2f);
    ImGui::GetWindowDrawList()->PopClipRect();
}

void draw_loudness(const Studio& studio, const Comparison& comparison, ImVec2 low, ImVec2 high) {
    const Stretch& span = comparison.now.stretch;
    const PlotArea area(low, high, time_axis({span.from_s, span.to_s}, 8), linear_axis({-6, 6}, "LU", 3));
    area.draw_axes(false);
    const std::vector<float>& values = comparison.loudness->short_term_lu;
    draw_over_time(area, values, span.from_s, -INFINITY);
    area.upright(studio.playhead_s, look().text);
    float furthest = 0;
    for (const float v : values)
        if (std::abs(v) > std::abs(furthest)) furthest = v;
    name_place("compare/loudness", low, high, fmt::format("{:+.2f}", furthest));
}

void draw_residual(Studio& studio, const Comparison& comparison, ImVec2 low, ImVec2 high) {
    const Stretch& span = comparison.now.stretch;
    const PlotArea area(low, high, time_axis({span.from_s, span.to_s}, 8), linear_axis({-96, 0}, "dBFS", 24));
    area.draw_axes();
    const std::string key =
        fmt::format("residual {} {} {} {} {} {}", comparison.now_sound.key(), span.from_s, span.to_s,
                    comparison.other_sound.key(), comparison.other.stretch.from_s, comparison.other.stretch.to_s);
    const auto residual = studio.analyses.value<std::vector<float>>(key, [comparison](const Cancel& cancel) {
        const auto now = signal_of(comparison.now_sound), other = signal_of(comparison.other_sound);
        const auto frame = [&](double s) { return static_cast<Frames>(std::llround(s * now->rate())); };
        const Stretch &a = comparison.now.stretch, &b = comparison.other.stretch;
        const Frames frames = std::min(frame(a.to_s) - frame(a.from_s), frame(b.to_s) - frame(b.from_s));
        return std::make_shared<const std::vector<float>>(
            residual_db(*now, frame(a.from_s), *other, frame(b.from_s), frames, comparison.loudness->gain_db, cancel));
    });
    area.upright(studio.playhead_s, look().text);
    if (const std::string why = studio.analyses.why_none(key); !why.empty())
        return draw_text({(low.x + high.x) / 2, (low.y + high.y) / 2}, look().faint_text, why, 0.5f);
    if (!residual) return;
    draw_over_time(area, *residual, span.from_s, shown_residual_floor_db);
    const auto highest = std::max_element(residual->begin(), residual->end());
    const bool is_nothing = highest == residual->end() || std::isinf(*highest);
    name_place("compare/residual", low, high, is_nothing ? "-inf" : fmt::format("{:.1f}", *highest));
}

}  // namespace

void draw_compared_figures(const LoudnessDifference& loudness) {
    struct Row {
        const char* name;
        std::optional<double> StretchFigures::*figure;
        const char* unit;
    };
    static constexpr Row rows[] = {{"integrated", &StretchFigures::integrated_lufs, "LUFS"},
                                   {"short-term max", &StretchFigures::short_term_max_lufs, "LUFS"},
                                   {"true peak", &StretchFigures::true_peak_dbtp, "dBTP"},
                                   {"range", &StretchFigures::loudness_range_lu, "LU"},
                                   {"peak to loudness", &StretchFigures::plr_db, "dB"}};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float columns[] = {at.x + px(168), at.x + px(236), at.x + px(292)};
    ImGui::PushFont(font(Type::small));
    draw_text({columns[0], at.y}, look().master, "now", 1);
    draw_text({columns[1], at.y}, look().faint_text, "then", 1);
    draw_text({columns[2], at.y}, look().faint_text, "difference", 1);
    ImGui::PopFont();
    float y = at.y + px(16);
    for (const Row& row : rows) {
        const std::optional<double>&a = loudness.now.*row.figure, &b = loudness.other.*row.figure;
        draw_text({at.x, y}, look().faint_text, row.name);
        draw_text({columns[0], y}, look().text, measured_text(a, row.unit, 1), 1);
        draw_text({columns[1], y}, look().faint_text, measured_text(b, "", 1), 1);
        const std::string difference = a && b ? signed_text(*a - *b, "") : no_value;
        draw_text({columns[2], y}, look().text, difference, 1);
        name_place(std::string("compare/") + row.name, {at.x, y}, {columns[2], y + px(16)}, difference);
        y += px(17);
    }
    ImGui::Dummy({px(292), y - at.y});
}

void draw_compared_curves(Studio& studio, const Comparison& comparison) {
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float left = at.x + px(36), right = at.x + room.x - px(4);
    const float third = std::floor(room.y / 3);
    const float end = comparison.shares_time ? third - px(18) : room.y - px(16);
    if (third < px(40)) return;
    draw_spectra(studio, comparison, {left, at.y}, {right, at.y + end});
    draw_caption({left, at.y}, "spectrum: now less then, equally loud, dB");
    if (!comparison.shares_time) return;
    draw_loudness(studio, comparison, {left, at.y + third}, {right, at.y + 2 * third - px(6)});
    draw_caption({left, at.y + third}, "short-term loudness: now less then, equally loud, LU");
    draw_residual(studio, comparison, {left, at.y + 2 * third}, {right, at.y + room.y - px(16)});
    draw_caption({left, at.y + 2 * third}, "null: what is left when one is taken from the other, dBFS");
}

}  // namespace lathe
