// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/inter_sample_peaks.h"

#include <algorithm>
#include <cmath>

#include "dsp/simd/isa.h"

namespace lathe {

// A cell's reconstruction reads x[−31] … x[96] of it: the granule before, its own two and the one behind.
template <class Sample>
PeakSearch<Sample>::PeakSearch(const Sample* x, Frames cells)
    : filter_(TruePeakFilter<Sample>::get()),
      x_(x),
      peak_(static_cast<std::size_t>(2 * cells + 2)),
      step_(peak_.size()) {
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
    const Sample* const p = peak_.data() + 2 * cell;
    const Sample* const d = step_.data() + 2 * cell;
    const Sample own = std::max(std::max(p[1], p[2]), std::abs(x_[peak_cell * (cell + 1)]));
    const Sample steepest = std::max(std::max(d[0], d[1]), std::max(d[2], d[3]));
    return std::min(filter_.sum_of_taps * reach_peak(cell), filter_.centre * own + filter_.step * steepest) >=
           threshold;
}

template <class Sample>
bool PeakSearch<Sample>::bounds(Frames cell, Sample threshold, Sample* at_least, Sample* at_most) const {
    const Sample peak = reach_peak(cell);
    const Sample* const taps = filter_.quarters[0];
    return run_kernel<TruePeakBounds>(x_ + cell * peak_cell, taps, filter_.half_remainder * peak,
                                      filter_.quarter_remainder * peak, threshold, at_least, at_most) >= threshold;
}

namespace {

constexpr Frames group = 16, groups = peak_cell / group;
constexpr Frames least_window = 128;  // from the 32 frames before a cell to the 32 behind it

// What an interval of each group must pass to be the largest of any window: what lies before the group, in its cell or
// the 32 frames before that, or what lies behind it, whichever is less.
template <class Sample>
void raise_thresholds(Sample before, Sample behind, const Sample* at_least, Sample* thresholds) {
    Sample largest[groups], from_behind[groups];
    for (Frames g = 0; g < groups; ++g)
        largest[g] = *std::max_element(at_least + g * group, at_least + (g + 1) * group);
    for (Frames g = groups; g-- > 0;) {
        from_behind[g] = behind;
        behind = std::max(behind, largest[g]);
    }
    for (Frames g = 0; g < groups; ++g) {
        thresholds[g] = std::max(thresholds[g], std::min(before, from_behind[g]));
        before = std::max(before, largest[g]);
    }
}

}  // namespace

template <class Sample>
void inter_sample_peaks(const Sample* x, Frames cells, Sample threshold, Frames window, Sample* peaks) {
    const PeakSearch<Sample> search(x, cells);
    const Sample* const taps = TruePeakFilter<Sample>::get().all[0];
    alignas(64) Sample at_least[peak_cell], at_most[peak_cell];
    for (Frames cell = 0; cell < cells; ++cell, x += peak_cell, peaks += peak_cell) {
        if (!search.may_reach(cell, threshold) || !search.bounds(cell, threshold, at_least, at_most)) continue;
        Sample thresholds[groups];
        std::fill_n(thresholds, groups, threshold);
        if (window >= least_window)
            raise_thresholds(search.peak_before(cell), search.peak_behind(cell), at_least, thresholds);
        for (Frames n = 0; n < peak_cell; ++n) {
            const Sample peak =
                at_most[n] >= thresholds[n / group] ? run_kernel<TruePeakFine>(x + n, taps) : at_least[n];
            peaks[n] = std::max(peaks[n], peak);
        }
    }
}

template class PeakSearch<float>;
template class PeakSearch<double>;
template void inter_sample_peaks(const float*, Frames, float, Frames, float*);
template void inter_sample_peaks(const double*, Frames, double, Frames, double*);

}  // namespace lathe
