// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2].
struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};

/// Two biquads in cascade over planar audio in double. Eight frames are one step of a state-space form, so the
/// recursion costs little and the bits do not depend on the cut, as long as every piece but the last is a multiple of
/// eight frames.
class BiquadPair {
public:
    BiquadPair(int channels, const Biquad& first, const Biquad& second);
    /// The next frames. in and out: [channels][a multiple of eight]; they may be one, but not overlap otherwise.
    void process(AudioView<const double> in, AudioView<double> out);

private:
    int channels_;
    AlignedVector<double> matrix_;  ///< as StateSpaceBlocks takes it
    std::vector<double> state_;     ///< [channels][4]
};

}  // namespace lathe
