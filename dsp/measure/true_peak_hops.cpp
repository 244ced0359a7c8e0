// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak_hops.h"

#include <algorithm>

#include "dsp/measure/largest_peak.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/oversample.h"

namespace lathe {
namespace {
constexpr double inaudible = 1e-10;  // ringing below it, beside samples of zero, is left out
}

template <class Sample>
TruePeakHops<Sample>::TruePeakHops(double rate) : queue_(1), next_(-peak_cell), grid_(rate), peaks_(1) {
    queue_.append_silence(peak_reach_before + peak_cell);
}

template <class Sample>
void TruePeakHops<Sample>::push(const Sample* x, Frames count) {
    queue_.append({x, count, 1, count});
    frames_ += count;
    search((queue_.frames() - peak_reach_before - peak_reach_behind) / peak_cell);
}

template <class Sample>
void TruePeakHops<Sample>::finish() {
    const Frames left = queue_.frames() - peak_reach_before + true_peak_taps / 2;  // it rings on behind the last sample
    const Frames cells = (left + peak_cell - 1) / peak_cell;
    queue_.append_silence(peak_reach_before + cells * peak_cell + peak_reach_behind - queue_.frames());
    search(cells);
}

template <class Sample>
void TruePeakHops<Sample>::search(Frames cells) {
    if (cells <= 0) return;
    const Frames end = cells * peak_cell;
    const Sample* const x = queue_.view().channel(0) + peak_reach_before;
    const PeakSearch<Sample> levels(x, cells);
    Frames from = 0;  // counted from x[0]
    const auto raise = [&](Frames to) {
        const double samples = run_kernel<LargestSize>(x + from, static_cast<std::size_t>(to - from));
        const double peak = largest_peak(levels, x, from, to, std::max(samples, inaudible)).value;
        peaks_.back() = std::max(peaks_.back(), static_cast<float>(std::max(samples, peak)));
        from = to;
    };
    const Frames begin = std::max<Frames>(next_, 0), stop = std::min(next_ + end, frames_);
    const auto piece = [&](Frames at, Frames count) {
        peaks_.resize(static_cast<std::size_t>(grid_.hop() + 1));
        raise(begin + at + count - next_);
    };
    grid_.advance(std::max<Frames>(stop - begin, 0), piece, [] {});
    if (from < end) raise(end);
    queue_.drop(end);
    next_ += end;
}

template class TruePeakHops<float>;
template class TruePeakHops<double>;

}  // namespace lathe
