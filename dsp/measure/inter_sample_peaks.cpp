// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/inter_sample_peaks.h"

#include <algorithm>
#include <cmath>

#include "dsp/simd/isa.h"

namespace lathe {

// A cell's reconstruction reads x[−31] … x[96] of it: the granule before, its own two and the one behind.
template <class Sample>
PeakSearch<Sample>::PeakSearch(const Sample* x, Frames cells)
    : x_(x), peak_(static_cast<std::size_t>(2 * cells + 2)), step_(peak_.size()) {
    run_kernel<TruePeakLevels>(x - true_peak_granule, peak_.size(), peak_.data(), step_.data());
}

template <class Sample>
Sample PeakSearch<Sample>::sample_peak() const {
    return *std::max_element(peak_.begin() + 1, peak_.end());
}

template <class Sample>
Sample PeakSearch<Sample>::reach_peak(Frames cell) const {
    const Sample* const p = peak_.data() + 2 * cell;
    return std::max(std::max(p[0], p[1]), std::max(p[2], p[3]));
}

template <class Sample>
bool PeakSearch<Sample>::may_reach(Frames cell, Sample threshold) const {
    const TruePeakFilter<Sample>& filter = TruePeakFilter<Sample>::get();
    const Sample* const p = peak_.data() + 2 * cell;
    const Sample* const d = step_.data() + 2 * cell;
    const Sample own = std::max(std::max(p[1], p[2]), std::abs(x_[peak_cell * (cell + 1)]));
    const Sample steepest = std::max(std::max(d[0], d[1]), std::max(d[2], d[3]));
    return std::min(filter.sum_of_taps * reach_peak(cell), filter.centre * own + filter.step * steepest) >= threshold;
}

template <class Sample>
bool PeakSearch<Sample>::bounds(Frames cell, Sample threshold, Sample* at_least, Sample* at_most) const {
    const TruePeakFilter<Sample>& filter = TruePeakFilter<Sample>::get();
    const Sample peak = reach_peak(cell);
    const Sample* const taps = filter.quarters[0];
    return run_kernel<TruePeakBounds>(x_ + cell * peak_cell, taps, filter.half_remainder * peak,
                                      filter.quarter_remainder * peak, threshold, at_least, at_most) >= threshold;
}

template <class Sample>
void inter_sample_peaks(const Sample* x, Frames cells, Sample threshold, Sample* peaks) {
    const PeakSearch<Sample> search(x, cells);
    const Sample* const taps = TruePeakFilter<Sample>::get().all[0];
    alignas(64) Sample at_least[peak_cell], at_most[peak_cell];
    for (Frames cell = 0; cell < cells; ++cell, x += peak_cell, peaks += peak_cell) {
        if (!search.may_reach(cell, threshold) || !search.bounds(cell, threshold, at_least, at_most)) {
            for (Frames n = 0; n < peak_cell; ++n) peaks[n] = std::abs(x[n]);
            continue;
        }
        for (Frames n = 0; n < peak_cell; ++n)
            peaks[n] = at_most[n] >= threshold ? run_kernel<TruePeakFine>(x + n, taps) : at_least[n];
    }
}

template class PeakSearch<float>;
template class PeakSearch<double>;
template void inter_sample_peaks(const float*, Frames, float, float*);
template void inter_sample_peaks(const double*, Frames, double, double*);

}  // namespace lathe
