// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/loudness.h"

#include <algorithm>
#include <cmath>

#include "dsp/measure/widen.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {

std::vector<double> channel_weights(int channels, MonoWeight mono) {
    constexpr double surround = 1.41;
    switch (channels) {
        case 1:
            return {mono == MonoWeight::dual ? 2.0 : 1.0};
        case 4:
            return {1, 1, surround, surround};
        case 5:
            return {1, 1, 1, surround, surround};
        case 6:
            return {1, 1, 1, 0, surround, surround};
        case 7:
            return {1, 1, 1, 0, 1, surround, surround};
        case 8:
            return {1, 1, 1, 0, 1, 1, surround, surround};
        default:
            return std::vector<double>(static_cast<std::size_t>(channels), 1.0);
    }
}

template <class Sample>
LoudnessMeter<Sample>::LoudnessMeter(int channels, double rate, MonoWeight mono)
    : rate_(rate),
      weights_(channel_weights(channels, mono)),
      filter_(channels, rate),
      grid_(channels, block_frames),
      wide_(channels, piece_frames),
      filtered_(channels, block_frames),
      hop_end_(hop_start(1)) {}

template <class Sample>
Frames LoudnessMeter<Sample>::hop_start(Frames hop) const {
    return std::llround(static_cast<double>(hop) * rate_ / 100);
}

template <class Sample>
void LoudnessMeter<Sample>::push(AudioView<const Sample> in) {
    grid_.push(in, [this](AudioView<const Sample> block) { measure(block); });
}

template <class Sample>
void LoudnessMeter<Sample>::finish() {
    if (grid_.rest().frames > 0) measure(grid_.rest());
}

template <class Sample>
void LoudnessMeter<Sample>::measure(AudioView<const Sample> in) {
    for (Frames at = 0; at < in.frames; at += piece_frames) {
        const Frames count = std::min(piece_frames, in.frames - at), padded = (count + 7) / 8 * 8;
        widen(in.slice(at, count), wide_.view().slice(0, count));
        for (int c = 0; c < in.channels; ++c) std::fill(wide_.channel(c) + count, wide_.channel(c) + padded, 0.0);
        filter_.process(wide_.view().slice(0, padded), filtered_.view().slice(at, padded));
    }

    for (Frames at = 0; at < in.frames;) {
        const Frames count = std::min(hop_end_ - frame_, in.frames - at);
        for (int c = 0; c < in.channels; ++c) {
            const double weight = weights_[static_cast<std::size_t>(c)];
            const double* y = filtered_.channel(c) + at;
            if (weight > 0) hop_energy_ += weight * run_kernel<DotProduct>(y, y, static_cast<std::size_t>(count));
        }
        at += count;
        frame_ += count;
        if (frame_ == hop_end_) end_hop();
    }
}

/// Of the hops that ended last: a multiple of a step's.
template <class Sample>
double LoudnessMeter<Sample>::mean_power(int hops) const {
    double sum = 0;
    for (int back = 0; back < hops; back += hops_a_step)
        sum += steps_[static_cast<std::size_t>((hop_ - 1 - back) % hops_short_term)];
    return sum / static_cast<double>(hop_end_ - hop_start(hop_ - hops));
}

template <class Sample>
void LoudnessMeter<Sample>::end_hop() {
    hops_[static_cast<std::size_t>(hop_ % hops_a_step)] = hop_energy_;
    double step = 0;
    for (const double energy : hops_) step += energy;
    steps_[static_cast<std::size_t>(hop_ % hops_short_term)] = step;
    hop_energy_ = 0;
    ++hop_;
    if (hop_ >= hops_momentary)
        blocks_.momentary_max_power = std::max(blocks_.momentary_max_power, mean_power(hops_momentary));
    if (hop_ >= hops_short_term)
        blocks_.short_term_max_power = std::max(blocks_.short_term_max_power, mean_power(hops_short_term));
    if (hop_ % hops_a_step == 0) blocks_.steps.push_back(mean_power(hops_a_step));
    hop_end_ = hop_start(hop_ + 1);
}

template class LoudnessMeter<float>;
template class LoudnessMeter<double>;

}  // namespace lathe
