// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/true_peak.h"

namespace lathe {

/// The interpolator of the contract's true-peak meter: a sinc of cut-off fs/2 under a Kaiser window of β = 10 that
/// spans 32 frames either side, read at 32 phases. Phase p lies between frames n and n + 1, at n + p/32; its 64 taps
/// multiply frames n − 31 … n + 32. Phase 0 is the sample itself. The bounds that let the meter skip are computed from
/// these taps and rounded up.
template <class Sample>
struct TruePeakFilter {
    alignas(64) Sample quarters[3][true_peak_taps];            ///< phases 8, 16, 24
    alignas(64) Sample all[true_peak_taps][true_peak_phases];  ///< [k][p]: tap of frame n + k − 31 for phase p
    /// |y| ≤ sum_of_taps · (largest sample in reach).
    Sample sum_of_taps;
    /// |y| in [n, n + 1] ≤ centre · max(|x[n]|, |x[n + 1]|) + step · (largest step between samples in reach): summation
    /// by parts from the two frames around.
    Sample centre, step;
    /// How far y may lie from the cubic through the four nearest values at halves of a frame, and from the quintic
    /// through the six nearest at quarters, for samples of at most 1 in reach.
    Sample half_remainder, quarter_remainder;

    static const TruePeakFilter& get();
};

}  // namespace lathe
