// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak.h"

#include <algorithm>
#include <optional>

namespace lathe {
namespace {

constexpr Frames cells_per_part = 256;

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
        part.found = largest_peak(*part.levels, part.x, 0, part.cells * peak_cell, floor);
        part.found.frame += part.first;
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
