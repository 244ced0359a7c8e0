// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/measure/resonances.h"
#include "tests/support/planted_bells.h"

namespace lathe::test {

/// How well planted bells were found, over many excerpts.
class ResonanceScore {
public:
    /// found: of an excerpt with these bells in it. A bell counts as found if an entry lies within 1/24 octave.
    void planted(std::span<const Resonance> found, std::span<const PlantedBell> bells);
    /// found: of the excerpt as it was.
    void clean(std::span<const Resonance> found);

    int bells() const { return bells_; }
    int excerpts() const { return excerpts_; }
    double share_in_first(int count) const;  ///< of the bells; count: 5 or 20
    double median_cents() const;
    double median_cut_error_db() const;
    double median_q_error_octaves() const;
    double median_remainder_db() const;
    double remainder_share_within(double db) const;
    double false_alarms() const;  ///< entries surer than 0.7 a clean excerpt, mean
    int most_false_alarms() const { return most_false_alarms_; }

private:
    int bells_ = 0, excerpts_ = 0, in_first_5_ = 0, in_first_20_ = 0, false_alarms_ = 0, most_false_alarms_ = 0;
    std::vector<double> cents_, cut_errors_, q_errors_, remainders_;
};

}  // namespace lathe::test
