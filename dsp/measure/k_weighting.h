// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/measure/biquad_pair.h"

namespace lathe {

/// The two filters of K-weighting, in cascade: BS.1770-5 Annex 1, Tables 1 and 2, which print them for 48 kHz. At other
/// rates the same analogue prototypes through the bilinear transform (the derivation of libebur128). The high pass
/// keeps the numerator 1, −2, 1 at every rate, as the standard prints it.
struct KCoefficients {
    Biquad shelf, high_pass;
};
KCoefficients k_coefficients(double rate);

/// K-weighting of planar audio.
class KWeighting : public BiquadPair {
public:
    KWeighting(int channels, double rate);
};

}  // namespace lathe
