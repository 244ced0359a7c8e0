// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"

namespace lathe {

/// Butterworth high-pass of 12 dB/oct for what a detector hears; one channel, in double. By the bilinear transform with
/// the corner kept in place (RBJ cookbook, Q = √½).
class SidechainFilter {
public:
    /// Throws BadSetting if hz is not below rate / 2.
    SidechainFilter(double hz, double rate);
    /// n even; in and out may be one.
    template <class Sample>
    void run(const Sample* in, Sample* out, Frames n);

private:
    double gain_, a1_, a2_;  // H(z) = gain (1 − z⁻¹)² / (1 + a1 z⁻¹ + a2 z⁻²)
    double s1_ = 0, s2_ = 0;
};

}  // namespace lathe
