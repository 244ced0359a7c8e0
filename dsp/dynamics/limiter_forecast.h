// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/dynamics/limiter_settings.h"

namespace lathe {

/// What a limiter will do to a programme, foretold from the PeakEnvelope of what comes to it: the limiter's own gain,
/// run on one peak a cell instead of on every frame, and all channels linked. A guess to begin a search with: noise
/// driven 18 dB into the ceiling is foretold to 0.3 dB.
class LimiterForecast {
public:
    /// ceiling_dbtp, mix, rate: as for LimiterStage.
    LimiterForecast(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate);
    /// What is left of the power, 0 … 1 (times that of the drive), in each of the programme's first `steps` stretches
    /// of 100 ms, turned up by `gain` in front of the limiter. peaks: of the whole programme.
    std::vector<double> power(std::span<const float> peaks, double gain, std::size_t steps) const;

private:
    LimiterSettings settings_;
    double ceiling_dbtp_, mix_, cell_rate_;
};

}  // namespace lathe
