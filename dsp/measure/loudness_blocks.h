// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace lathe {

/// What a loudness meter keeps of one programme; everything below follows from it without touching audio again.
struct LoudnessBlocks {
    std::vector<double> steps;  ///< mean weighted power of every complete 100 ms: Σ over channels of weight · mean
                                ///< square after K-weighting
    /// The largest mean power of 400 ms, and of 3 s, that start on a 10 ms grid; 0: none. On the steps' grid a tone of
    /// just that length reads up to 0.6 dB, and 0.07 dB, low (Tech 3341, cases 10 and 13).
    double momentary_max_power = 0, short_term_max_power = 0;
};

/// A programme within a measurement, and the gain it is heard with. Gates move with the gain: a quiet passage turned up
/// may pass.
struct LoudnessPart {
    const LoudnessBlocks* blocks;
    double gain_db = 0;
};
/// Several are measured as one: their blocks are pooled and gated once, and none straddles two programmes.
using LoudnessParts = std::span<const LoudnessPart>;

/// LUFS = −0.691 + 10 log10(power).
double lufs_from_power(double power);

/// Integrated loudness, BS.1770-5: 400 ms blocks each 100 ms; those above −70 LUFS and above 10 LU below the mean of
/// those. No value if none is.
std::optional<double> integrated_lufs(LoudnessParts parts);
std::optional<double> integrated_lufs(const LoudnessBlocks& blocks, double gain_db = 0);

/// The largest momentary loudness (400 ms each 10 ms). No value for silence or less than 400 ms.
std::optional<double> momentary_max_lufs(LoudnessParts parts);
std::optional<double> momentary_max_lufs(const LoudnessBlocks& blocks, double gain_db = 0);

/// The largest short-term loudness (3 s each 10 ms). No value for silence or less than 3 s.
std::optional<double> short_term_max_lufs(LoudnessParts parts);
std::optional<double> short_term_max_lufs(const LoudnessBlocks& blocks, double gain_db = 0);

/// Loudness range, EBU Tech 3342: short-term values each 100 ms, with 1.5 s of silence behind the programme as it asks
/// of file meters; gates −70 LUFS and −20 LU; P95 − P10. No value for less than 3 s or if no value passes. Unstable
/// below a minute.
std::optional<double> loudness_range_lu(LoudnessParts parts);
std::optional<double> loudness_range_lu(const LoudnessBlocks& blocks, double gain_db = 0);

/// Momentary and short-term loudness over time: value k is that of the 400 ms (3 s) that end at (k + 4) · 100 ms ((k +
/// 30) · 100 ms). −∞ for silence.
std::vector<double> momentary_curve_lufs(const LoudnessBlocks& blocks);
std::vector<double> short_term_curve_lufs(const LoudnessBlocks& blocks);

}  // namespace lathe
