// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

constexpr Frames cells_per_part = 256;

// The 32 phases of [n, n + 1) summed in double, whatever the samples are.
double fine_peak(const double* x) { return run_kernel<TruePeakFine>(x, TruePeakFilter<double>::get().all[0]); }
double fine_peak(const float* x) {
    double window[true_peak_taps];
    std::copy_n(x - (true_peak_taps / 2 - 1), true_peak_taps, window);
    return fine_peak(window + (true_peak_taps / 2 - 1));
}

void take_larger(PeakAt& peak, const PeakAt& other) {
    if (other.value > peak.value || (other.value == peak.value && other.frame < peak.frame)) peak = other;
}

// The largest in the cells, if it is at or above `floor`, a magnitude known to be reached somewhere. Bounds in Sample
// are told apart from values in double by a hair.
template <class Sample>
PeakAt largest_in(const PeakSearch<Sample>& search, const Sample* x, Frames cells, Frames first_frame, double floor) {
    PeakAt found{0, first_frame};
    if (floor == 0) return found;
    alignas(64) Sample at_least[peak_cell], at_most[peak_cell];
    for (Frames cell = 0; cell < cells; ++cell) {
        const auto known = static_cast<Sample>(floor * (1 - 1e-6));
        if (!search.may_reach(cell, known) || !search.bounds(cell, known, at_least, at_most)) continue;
        const Sample reached = *std::max_element(at_least, at_least + peak_cell);
        const Sample threshold = std::max(known, reached * Sample(1 - 4e-6));
        for (Frames n = 0; n < peak_cell; ++n) {
            if (at_most[n] < threshold) continue;
            const Frames place = cell * peak_cell + n;
            take_larger(found, {fine_peak(x + place), first_frame + place});
        }
        floor = std::max(floor, found.value);
    }
    return found;
}

}  // namespace

template <class Sample>
TruePeakMeter<Sample>::TruePeakMeter(int channels, Workers& workers)
    : workers_(workers),
      queue_(channels),
      next_(-peak_cell),
      peaks_(static_cast<std::size_t>(channels)),
      sample_peaks_(static_cast<std::size_t>(channels)) {
    queue_.append_silence(peak_reach_before + peak_cell);
}

template <class Sample>
void TruePeakMeter<Sample>::push(AudioView<const Sample> audio) {
    queue_.append(audio);
    search((queue_.frames() - peak_reach_before - peak_reach_behind) / peak_cell);
}

template <class Sample>
void TruePeakMeter<Sample>::finish() {
    const Frames left = queue_.frames() - peak_reach_before + true_peak_taps / 2;  // it rings on behind the last sample
    const Frames cells = (left + peak_cell - 1) / peak_cell;
    queue_.append_silence(peak_reach_before + cells * peak_cell + peak_reach_behind - queue_.frames());
    search(cells);
}

template <class Sample>
void TruePeakMeter<Sample>::search(Frames cells) {
    if (cells <= 0) return;
    const AudioView<const Sample> audio = queue_.view();
    const int parts = static_cast<int>((cells + cells_per_part - 1) / cells_per_part);
    struct Part {
        int channel;
        Frames first, cells;
        const Sample* x;
        std::optional<PeakSearch<Sample>> levels;
        PeakAt found;
    };
    std::vector<Part> work;
    for (int c = 0; c < channels(); ++c)
        for (int p = 0; p < parts; ++p) {
            const Frames first = p * cells_per_part;
            work.push_back({c,
                            next_ + first * peak_cell,
                            std::min(cells_per_part, cells - first),
                            audio.channel(c) + peak_reach_before + first * peak_cell,
                            {},
                            {}});
        }
    const auto on_every_part = [&](auto step) {
        workers_.for_each(static_cast<int>(work.size()), [&](int i) { step(work[static_cast<std::size_t>(i)]); });
    };
    on_every_part([](Part& part) { part.levels.emplace(part.x, part.cells); });
    for (const Part& part : work) {
        double& peak = sample_peaks_[static_cast<std::size_t>(part.channel)];
        peak = std::max(peak, static_cast<double>(part.levels->sample_peak()));
    }
    on_every_part([this](Part& part) {
        const double floor = std::max(true_peak(part.channel).value, sample_peak(part.channel));
        part.found = largest_in(*part.levels, part.x, part.cells, part.first, floor);
    });
    for (const Part& part : work) take_larger(peaks_[static_cast<std::size_t>(part.channel)], part.found);
    queue_.drop(cells * peak_cell);
    next_ += cells * peak_cell;
}

template <class Sample>
PeakAt TruePeakMeter<Sample>::true_peak() const {
    PeakAt largest;
    for (const PeakAt& peak : peaks_) take_larger(largest, peak);
    return largest;
}

template <class Sample>
double TruePeakMeter<Sample>::sample_peak() const {
    return sample_peaks_.empty() ? 0 : *std::max_element(sample_peaks_.begin(), sample_peaks_.end());
}

template class TruePeakMeter<float>;
template class TruePeakMeter<double>;

}  // namespace lathe
