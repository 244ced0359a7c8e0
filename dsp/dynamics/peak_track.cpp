// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_track.h"

#include <algorithm>

#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {
namespace {

constexpr Frames cells_per_part = 32;

// Which of the cells from frame `first` on read a frame of the spans.
std::vector<char> cells_reading(const std::vector<Span>& spans, Frames first, Frames cells) {
    std::vector<char> reading(static_cast<std::size_t>(cells));
    for (const Span& span : spans) {
        const Frames from = span.from - peak_reach_behind - first, to = span.to + peak_reach_before - first;
        const Frames first_cell = std::max<Frames>(0, from / peak_cell);
        const Frames last_cell = std::min(cells, (to + peak_cell - 1) / peak_cell);
        for (Frames cell = first_cell; cell < last_cell; ++cell) reading[static_cast<std::size_t>(cell)] = 1;
    }
    return reading;
}

}  // namespace

template <class Sample>
PeakTrack<Sample>::PeakTrack(int lanes, Workers& workers) : lanes_(lanes), workers_(workers), peaks_(lanes) {
    peaks_.append_silence(1);
}

template <class Sample>
void PeakTrack<Sample>::search(AudioView<const Sample> audio, Frames first, Sample threshold, Frames window,
                               const std::vector<Span>* where) {
    const Frames at = searched() - first;
    const Frames cells = (audio.frames - at - peak_reach_behind) / peak_cell;
    if (cells <= 0) return;
    const auto wanted =
        where ? cells_reading(*where, searched(), cells) : std::vector<char>(static_cast<std::size_t>(cells), 1);
    const AudioView<Sample> found = peaks_.extend(cells * peak_cell);
    workers_.for_each(static_cast<int>((cells + cells_per_part - 1) / cells_per_part), [&](int part) {
        const Frames cell = part * cells_per_part, count = std::min(cells_per_part, cells - cell);
        search_part(audio, at + cell * peak_cell, wanted.data() + cell, threshold, window,
                    found.slice(cell * peak_cell, count * peak_cell));
    });
}

// The cells of found, the first of them at the audio's frame `at`: each run of wanted ones is searched, the rest is 0.
template <class Sample>
void PeakTrack<Sample>::search_part(AudioView<const Sample> audio, Frames at, const char* wanted, Sample threshold,
                                    Frames window, AudioView<Sample> found) const {
    const Frames cells = found.frames / peak_cell;
    for (int lane = 0; lane < lanes_; ++lane) std::fill_n(found.channel(lane), found.frames, Sample(0));
    for (Frames cell = 0, end; cell < cells; cell = end) {
        const char want = wanted[cell];
        for (end = cell + 1; end < cells && wanted[end] == want;) ++end;
        if (!want) continue;
        const Frames offset = cell * peak_cell;
        for (int c = 0; c < audio.channels; ++c)
            inter_sample_peaks(audio.channel(c) + at + offset, end - cell, threshold, window,
                               found.channel(std::min(c, lanes_ - 1)) + offset);
    }
}

template <class Sample>
void PeakTrack<Sample>::read_peaks(AudioView<Sample> peaks) const {
    const AudioView<const Sample> intervals = peaks_.view();
    for (int lane = 0; lane < lanes_; ++lane)
        run_kernel<LargerOf>(intervals.channel(lane), intervals.channel(lane) + 1, peaks.channel(lane),
                             static_cast<std::size_t>(peaks.frames));
}

template <class Sample>
void PeakTrack<Sample>::drop(Frames count) {
    peaks_.drop(count);
    frame_ += count;
}

template class PeakTrack<float>;
template class PeakTrack<double>;

}  // namespace lathe
