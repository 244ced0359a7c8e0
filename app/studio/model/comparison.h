// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/player/signal.h"
#include "app/studio/model/analyses.h"

namespace lathe {

/// What a part of a sound measures: of its blocks and peaks alone, as if it were a programme of its own.
struct StretchFigures {
    std::optional<double> integrated_lufs, short_term_max_lufs, true_peak_dbtp, loudness_range_lu, plr_db;
};
/// The largest short-term loudness whose three seconds lie within; none: silence, or less than that.
std::optional<double> loudest_short_term_lufs(const LevelHistory& levels, const Stretch& stretch);
StretchFigures figures_of(const LevelHistory& levels, const Stretch& stretch);

/// A sound's levels, and the part of it that is looked at.
struct ComparedPart {
    std::shared_ptr<const LevelHistory> levels;
    Stretch stretch;
    bool operator==(const ComparedPart&) const = default;
};

/// The integrated loudness of a part, for who asks again and again: the last one is remembered.
class PartLoudness {
public:
    /// None: silence, or too short.
    std::optional<double> of(const ComparedPart& part);

private:
    ComparedPart last_;
    std::optional<double> lufs_;
};

/// How two parts of equal length differ in loudness.
struct LoudnessDifference {
    StretchFigures now, other;
    double gain_db = 0;                ///< of the other one, so that both are equally loud; 0 where one has no loudness
    std::vector<float> short_term_lu;  ///< now less the other with that gain, every 100 ms; NaN: one is silent or young
    static constexpr double step_s = 0.1;
};
LoudnessDifference loudness_difference(const ComparedPart& now, const ComparedPart& other);

/// RMS in dBFS of what is left of one signal when another, with a gain, is taken from it: of every 100 ms of the
/// frames from … from + frames − 1 of both. Throws InputError where rates or channels differ, Cancelled.
std::vector<float> residual_db(const Signal& now, Frames now_from, const Signal& other, Frames other_from,
                               Frames frames, double gain_db, const Cancel& cancel);

}  // namespace lathe
