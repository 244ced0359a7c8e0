// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/loudness.h"

#include <algorithm>
#include <limits>

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
LoudnessMeter<Sample>::LoudnessMeter(int channels, double rate, MonoWeight mono, LoudnessCurves* curves)
    : weights_(channel_weights(channels, mono)),
      filter_(channels, rate),
      grid_(channels, block_frames),
      wide_(channels, piece_frames),
      filtered_(channels, block_frames),
      hop_grid_(rate),
      curves_(curves) {}

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

    const auto add = [&](Frames at, Frames count) {
        for (int c = 0; c < in.channels; ++c) {
            const double weight = weights_[static_cast<std::size_t>(c)];
            const double* y = filtered_.channel(c) + at;
            if (weight > 0) hop_energy_ += weight * run_kernel<DotProduct>(y, y, static_cast<std::size_t>(count));
        }
    };
    hop_grid_.advance(in.frames, add, [this] { end_hop(); });
}

/// Of the hops that ended last: a multiple of a step's.
template <class Sample>
double LoudnessMeter<Sample>::mean_power(int hops) const {
    const Frames last = hop_grid_.hop();
    double sum = 0;
    for (int back = 0; back < hops; back += hops_a_step)
        sum += steps_[static_cast<std::size_t>((last - 1 - back) % short_term_hops)];
    return sum / static_cast<double>(hop_grid_.start(last) - hop_grid_.start(last - hops));
}

template <class Sample>
void LoudnessMeter<Sample>::end_hop() {
    const Frames ended = hop_grid_.hop();
    hops_[static_cast<std::size_t>((ended - 1) % hops_a_step)] = hop_energy_;
    double step = 0;
    for (const double energy : hops_) step += energy;
    steps_[static_cast<std::size_t>((ended - 1) % short_term_hops)] = step;
    hop_energy_ = 0;
    if (ended % hops_a_step == 0) blocks_.steps.push_back(mean_power(hops_a_step));
    follow(momentary_hops, blocks_.momentary_max_power, &LoudnessCurves::momentary_lufs);
    follow(short_term_hops, blocks_.short_term_max_power, &LoudnessCurves::short_term_lufs);
}

template <class Sample>
void LoudnessMeter<Sample>::follow(int hops, double& largest, std::vector<float> LoudnessCurves::*curve) {
    double lufs = std::numeric_limits<double>::quiet_NaN();
    if (hop_grid_.hop() >= hops) {
        const double power = mean_power(hops);
        largest = std::max(largest, power);
        if (curves_) lufs = lufs_from_power(power);
    }
    if (curves_) (curves_->*curve).push_back(static_cast<float>(lufs));
}

template class LoudnessMeter<float>;
template class LoudnessMeter<double>;

}  // namespace lathe
