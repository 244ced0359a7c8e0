// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/loudness_blocks.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {
constexpr std::size_t momentary_steps = 4, short_term_steps = 30, range_tail_steps = 15;
constexpr double offset_db = -0.691;

double power_from_lufs(double lufs) { return power_from_db(lufs - offset_db); }

/// Mean power of every window of `length` steps, with `tail` steps of silence behind the programme. None if the
/// programme is shorter than one.
void append_windows(const LoudnessPart& part, std::size_t length, std::size_t tail, std::vector<double>& out) {
    const std::vector<double>& steps = part.blocks->steps;
    if (steps.size() < length) return;
    const double scale = power_from_db(part.gain_db) / static_cast<double>(length);
    for (std::size_t end = length; end <= steps.size() + tail; ++end) {
        double sum = 0;
        for (std::size_t k = end - length; k < std::min(end, steps.size()); ++k) sum += steps[k];
        out.push_back(sum * scale);
    }
}
std::vector<double> windows(LoudnessParts parts, std::size_t length, std::size_t tail = 0) {
    std::vector<double> out;
    for (const LoudnessPart& part : parts) append_windows(part, length, tail, out);
    return out;
}

/// Mean of the powers that pass; 0 if none does.
template <class Passes>
double gated_mean(const std::vector<double>& powers, Passes passes) {
    double sum = 0;
    std::size_t count = 0;
    for (const double power : powers)
        if (passes(power)) {
            sum += power;
            ++count;
        }
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

std::optional<double> lufs_or_none(double power) {
    if (!(power > 0)) return std::nullopt;
    return lufs_from_power(power);
}
std::optional<double> largest_lufs(LoudnessParts parts, double LoudnessBlocks::*power) {
    double largest = 0;
    for (const LoudnessPart& part : parts)
        largest = std::max(largest, power_from_db(part.gain_db) * part.blocks->*power);
    return lufs_or_none(largest);
}
std::vector<double> to_lufs(std::vector<double> powers) {
    for (double& power : powers) power = lufs_from_power(power);
    return powers;
}

/// Tech 3342: the element of 1-based index round((n − 1) · percent / 100 + 1).
double percentile(const std::vector<double>& sorted, double percent) {
    return sorted[static_cast<std::size_t>(std::floor(static_cast<double>(sorted.size() - 1) * percent / 100 + 0.5))];
}
}  // namespace

double lufs_from_power(double power) { return offset_db + db_from_power(power); }

std::optional<double> integrated_lufs(LoudnessParts parts) {
    const std::vector<double> powers = windows(parts, momentary_steps);
    const double absolute = power_from_lufs(-70);
    const double relative = power_from_db(-10) * gated_mean(powers, [&](double p) { return p > absolute; });
    return lufs_or_none(gated_mean(powers, [&](double p) { return p > absolute && p > relative; }));
}

std::optional<double> momentary_max_lufs(LoudnessParts parts) {
    return largest_lufs(parts, &LoudnessBlocks::momentary_max_power);
}

std::optional<double> short_term_max_lufs(LoudnessParts parts) {
    return largest_lufs(parts, &LoudnessBlocks::short_term_max_power);
}

std::optional<double> loudness_range_lu(LoudnessParts parts) {
    std::vector<double> powers = windows(parts, short_term_steps, range_tail_steps);
    const double absolute = power_from_lufs(-70);
    const double relative = power_from_db(-20) * gated_mean(powers, [&](double p) { return p >= absolute; });
    std::erase_if(powers, [&](double p) { return !(p >= absolute && p >= relative); });
    if (powers.empty()) return std::nullopt;
    std::sort(powers.begin(), powers.end());
    return db_from_power(percentile(powers, 95)) - db_from_power(percentile(powers, 10));
}

std::optional<double> integrated_lufs(const LoudnessBlocks& blocks, double gain_db) {
    return integrated_lufs({{LoudnessPart{&blocks, gain_db}}});
}
std::optional<double> momentary_max_lufs(const LoudnessBlocks& blocks, double gain_db) {
    return momentary_max_lufs({{LoudnessPart{&blocks, gain_db}}});
}
std::optional<double> short_term_max_lufs(const LoudnessBlocks& blocks, double gain_db) {
    return short_term_max_lufs({{LoudnessPart{&blocks, gain_db}}});
}
std::optional<double> loudness_range_lu(const LoudnessBlocks& blocks, double gain_db) {
    return loudness_range_lu({{LoudnessPart{&blocks, gain_db}}});
}

std::vector<double> momentary_curve_lufs(const LoudnessBlocks& blocks) {
    return to_lufs(windows({{LoudnessPart{&blocks}}}, momentary_steps));
}
std::vector<double> short_term_curve_lufs(const LoudnessBlocks& blocks) {
    return to_lufs(windows({{LoudnessPart{&blocks}}}, short_term_steps));
}

}  // namespace lathe
