// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2].
struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};

/// The two filters of K-weighting, in cascade: BS.1770-5 Annex 1, Tables 1 and 2, which print them for 48 kHz. At other
/// rates the same analogue prototypes through the bilinear transform (the derivation of libebur128). The high pass
/// keeps the numerator 1, −2, 1 at every rate, as the standard prints it.
struct KCoefficients {
    Biquad shelf, high_pass;
};
KCoefficients k_coefficients(double rate);

/// K-weighting of planar audio in double. Eight frames are one step of a state-space form, so the recursion costs
/// little and the bits do not depend on the cut, as long as every piece but the last is a multiple of eight frames.
class KWeighting {
public:
    KWeighting(int channels, double rate);
    /// The next frames. in and out: [channels][a multiple of eight], not overlapping.
    void process(AudioView<const double> in, AudioView<double> out);

private:
    int channels_;
    AlignedVector<double> matrix_;  ///< as StateSpaceBlocks takes it
    std::vector<double> state_;     ///< [channels][4]
};

}  // namespace lathe
