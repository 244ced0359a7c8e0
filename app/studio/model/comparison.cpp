// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/comparison.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr double hops_a_second = 100;

/// Values of which `a_second` make one, that end within the stretch.
template <class T>
std::span<const T> within(const std::vector<T>& values, const Stretch& stretch, double a_second) {
    const auto index = [&](double s) {
        return std::min(static_cast<std::size_t>(std::llround(std::max(s, 0.0) * a_second)), values.size());
    };
    const std::size_t from = index(stretch.from_s), to = std::max(from, index(stretch.to_s));
    return std::span(values).subspan(from, to - from);
}

std::optional<double> db(float linear) {
    return linear > 0 ? std::optional(db_from_gain(static_cast<double>(linear))) : std::nullopt;
}

LoudnessBlocks blocks_of(const LevelHistory& levels, const Stretch& stretch) {
    constexpr double steps_a_second = 10;
    LoudnessBlocks part;
    const auto steps = within(levels.blocks.steps, stretch, steps_a_second);
    part.steps.assign(steps.begin(), steps.end());
    return part;
}

}  // namespace

std::optional<double> PartLoudness::of(const ComparedPart& part) {
    if (part != last_) {
        lufs_ = integrated_lufs(blocks_of(*part.levels, part.stretch));
        last_ = part;
    }
    return lufs_;
}

std::optional<double> loudest_short_term_lufs(const LevelHistory& levels, const Stretch& stretch) {
    constexpr double short_term_s = 3;
    const Stretch whole_windows{stretch.from_s + short_term_s, stretch.to_s};
    std::optional<double> loudest;
    for (const float lufs : within(levels.loudness.short_term_lufs, whole_windows, hops_a_second))
        if (std::isfinite(lufs)) loudest = std::max(loudest.value_or(-INFINITY), static_cast<double>(lufs));
    return loudest;
}

StretchFigures figures_of(const LevelHistory& levels, const Stretch& stretch) {
    const LoudnessBlocks part = blocks_of(levels, stretch);
    StretchFigures figures;
    figures.integrated_lufs = integrated_lufs(part);
    figures.loudness_range_lu = loudness_range_lu(part);
    figures.short_term_max_lufs = loudest_short_term_lufs(levels, stretch);
    float highest = 0;
    for (const std::vector<float>& channel : levels.true_peak)
        for (const float peak : within(channel, stretch, hops_a_second)) highest = std::max(highest, peak);
    figures.true_peak_dbtp = db(highest);
    if (figures.true_peak_dbtp && figures.integrated_lufs)
        figures.plr_db = *figures.true_peak_dbtp - *figures.integrated_lufs;
    return figures;
}

LoudnessDifference loudness_difference(const ComparedPart& now, const ComparedPart& other) {
    LoudnessDifference difference;
    difference.now = figures_of(*now.levels, now.stretch);
    difference.other = figures_of(*other.levels, other.stretch);
    if (difference.now.integrated_lufs && difference.other.integrated_lufs)
        difference.gain_db = *difference.now.integrated_lufs - *difference.other.integrated_lufs;
    const auto a = within(now.levels->loudness.short_term_lufs, now.stretch, hops_a_second);
    const auto b = within(other.levels->loudness.short_term_lufs, other.stretch, hops_a_second);
    const auto hops = static_cast<std::size_t>(std::llround(hops_a_second * LoudnessDifference::step_s));
    for (std::size_t hop = hops - 1; hop < std::min(a.size(), b.size()); hop += hops) {
        const float d = a[hop] - b[hop] - static_cast<float>(difference.gain_db);
        difference.short_term_lu.push_back(std::isfinite(d) ? d : std::nanf(""));
    }
    return difference;
}

std::vector<float> residual_db(const Signal& now, Frames now_from, const Signal& other, Frames other_from,
                               Frames frames, double gain_db, const Cancel& cancel) {
    if (now.channels() != other.channels() || now.rate() != other.rate())
        throw InputError("they differ in rate or channels: one cannot be taken from the other");
    const auto gain = static_cast<float>(gain_from_db(gain_db));
    const auto step = static_cast<Frames>(std::llround(LoudnessDifference::step_s * now.rate()));
    AudioBuffer<float> x(now.channels(), step), y(now.channels(), step);
    std::vector<float> residual;
    for (Frames at = 0; at + step <= frames; at += step) {
        cancel.check();
        now.read(now_from + at, x.view());
        other.read(other_from + at, y.view());
        double power = 0;
        for (int c = 0; c < x.channels(); ++c)
            for (Frames n = 0; n < step; ++n) {
                const double d = static_cast<double>(x.channel(c)[n] - gain * y.channel(c)[n]);
                power += d * d;
            }
        power /= static_cast<double>(step * x.channels());
        residual.push_back(power > 0 ? static_cast<float>(db_from_power(power)) : -INFINITY);
    }
    return residual;
}

}  // namespace lathe
