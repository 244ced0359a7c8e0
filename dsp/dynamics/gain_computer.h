// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/dynamics/dynamics_settings.h"
#include "dsp/simd/gain_curve.h"

namespace lathe {

/// The static curve of a band: by how many dB a level changes the gain. Down: turned down above the threshold by
/// 1 − 1 / ratio dB per dB; up: turned up below it likewise; the knee of Giannoulis, Massberg, Reiss (JAES 60(6), 2012)
/// between.
class GainComputer {
public:
    /// The smallest change that run() gives, in place of 0: no gain feels it, and no recursion sinks into subnormal
    /// numbers.
    static constexpr double least_db = 1e-18;

    explicit GainComputer(const BandSettings& settings);

    /// Settings that never change the gain.
    bool idle() const { return curve_.slope == 0 || curve_.range_db == 0; }
    /// Change of gain in dB, 0 or above, at a level in dBFS.
    double change_db(double level_db) const;
    /// The same for n levels, a multiple of 16: amplitudes for a peak detector, mean squares for rms. out may be
    /// levels.
    template <class Sample>
    void run(const Sample* levels, Sample* out, std::size_t n) const;

private:
    BandSettings settings_;
    CurveCoefficients curve_;
};

}  // namespace lathe
