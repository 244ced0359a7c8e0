// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/measure/inter_sample_peaks.h"

namespace lathe {

/// A peak and where it is. value is linear, full scale 1.0; the peak lies in [frame, frame + 1).
struct PeakAt {
    double value = 0;
    Frames frame = 0;
};
/// Of equals the earlier.
void take_larger(PeakAt& peak, const PeakAt& other);

/// The largest reconstructed magnitude of the intervals [n, n + 1), from ≤ n < to, summed in double; frames count from
/// x[0]. x: that of the search. floor: a magnitude known to be reached somewhere; the value is 0 where none reaches it.
template <class Sample>
PeakAt largest_peak(const PeakSearch<Sample>& search, const Sample* x, Frames from, Frames to, double floor);

}  // namespace lathe
