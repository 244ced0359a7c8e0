// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/waveform.h"

#include <algorithm>
#include <cmath>

#include "dsp/measure/widen.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {
namespace {

WaveformLevel halved(const WaveformLevel& fine, Frames frames) {
    WaveformLevel coarse{2 * fine.cell_frames, {}, {}, {}};
    const auto energy = [&](std::size_t i) {
        const Frames count = std::min(fine.cell_frames, frames - static_cast<Frames>(i) * fine.cell_frames);
        return static_cast<double>(fine.rms[i]) * fine.rms[i] * static_cast<double>(count);
    };
    for (std::size_t i = 0; i < fine.low.size(); i += 2) {
        const std::size_t j = std::min(i + 1, fine.low.size() - 1);
        const Frames count = std::min(coarse.cell_frames, frames - static_cast<Frames>(i) * fine.cell_frames);
        coarse.low.push_back(std::min(fine.low[i], fine.low[j]));
        coarse.high.push_back(std::max(fine.high[i], fine.high[j]));
        coarse.rms.push_back(
            static_cast<float>(std::sqrt((energy(i) + (j > i ? energy(j) : 0)) / static_cast<double>(count))));
    }
    return coarse;
}

}  // namespace

Waveform waveform_from(WaveformLevel finest, Frames frames) {
    Waveform waveform{frames, {}};
    waveform.levels.push_back(std::move(finest));
    while (waveform.levels.back().low.size() > 1) waveform.levels.push_back(halved(waveform.levels.back(), frames));
    return waveform;
}

template <class Sample>
void WaveformMeter<Sample>::push(const Sample* x, Frames count) {
    frames_ += count;
    for (Frames at = 0; at < count;) {
        const Frames taken = std::min(Waveform::finest_cell - std::ssize(held_), count - at);
        if (taken == Waveform::finest_cell) {
            add(x + at, taken);
        } else {
            held_.insert(held_.end(), x + at, x + at + taken);
            if (std::ssize(held_) == Waveform::finest_cell) {
                add(held_.data(), Waveform::finest_cell);
                held_.clear();
            }
        }
        at += taken;
    }
}

template <class Sample>
void WaveformMeter<Sample>::add(const Sample* x, Frames count) {
    double wide[Waveform::finest_cell];
    const auto n = static_cast<std::size_t>(count);
    widen({x, count, 1, count}, AudioView<double>(wide, count, 1, count));
    const Extremes extremes = run_kernel<MeasureExtremes>(wide, n);
    finest_.low.push_back(static_cast<float>(extremes.low));
    finest_.high.push_back(static_cast<float>(extremes.high));
    finest_.rms.push_back(
        static_cast<float>(std::sqrt(run_kernel<DotProduct>(wide, wide, n) / static_cast<double>(count))));
}

template <class Sample>
Waveform WaveformMeter<Sample>::finish() {
    if (!held_.empty()) add(held_.data(), std::ssize(held_));
    return waveform_from(std::move(finest_), frames_);
}

template class WaveformMeter<float>;
template class WaveformMeter<double>;

}  // namespace lathe
