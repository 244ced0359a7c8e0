// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/largest_peak.h"

#include <algorithm>

#include "dsp/simd/isa.h"

namespace lathe {
namespace {

// The 32 phases of [n, n + 1) summed in double, whatever the samples are.
double fine_peak(const double* x) { return run_kernel<TruePeakFine>(x, TruePeakFilter<double>::get().all[0]); }
double fine_peak(const float* x) {
    double window[true_peak_taps];
    std::copy_n(x - (true_peak_taps / 2 - 1), true_peak_taps, window);
    return fine_peak(window + (true_peak_taps / 2 - 1));
}

}  // namespace

void take_larger(PeakAt& peak, const PeakAt& other) {
    if (other.value > peak.value || (other.value == peak.value && other.frame < peak.frame)) peak = other;
}

// Bounds in Sample are told apart from values in double by a hair.
template <class Sample>
PeakAt largest_peak(const PeakSearch<Sample>& search, const Sample* x, Frames from, Frames to, double floor) {
    PeakAt found{0, from};
    if (floor == 0) return found;
    alignas(64) Sample at_least[peak_cell], at_most[peak_cell];
    for (Frames cell = from / peak_cell; cell * peak_cell < to; ++cell) {
        const auto known = static_cast<Sample>(floor * (1 - 1e-6));
        if (!search.may_reach(cell, known) || !search.bounds(cell, known, at_least, at_most)) continue;
        const Frames first = std::max<Frames>(from - cell * peak_cell, 0),
                     last = std::min(to - cell * peak_cell, peak_cell);
        const Sample reached = *std::max_element(at_least + first, at_least + last);
        const Sample threshold = std::max(known, reached * Sample(1 - 4e-6));
        for (Frames n = first; n < last; ++n) {
            if (at_most[n] < threshold) continue;
            const Frames place = cell * peak_cell + n;
            take_larger(found, {fine_peak(x + place), place});
        }
        floor = std::max(floor, found.value);
    }
    return found;
}

template PeakAt largest_peak(const PeakSearch<float>&, const float*, Frames, Frames, double);
template PeakAt largest_peak(const PeakSearch<double>&, const double*, Frames, Frames, double);

}  // namespace lathe
