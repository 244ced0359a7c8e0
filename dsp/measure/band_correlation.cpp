// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/band_correlation.h"

#include <cmath>
#include <numbers>

#include "dsp/measure/hop_levels.h"
#include "dsp/measure/widen.h"

namespace lathe {
namespace {

constexpr double highest_edge = 0.45;

/// Butterworth, second order. side: 1 for the low pass, −1 for the high pass.
Biquad butterworth(double hz, double rate, int side) {
    const double t = std::tan(std::numbers::pi * hz / rate);
    const double a0 = 1 + std::numbers::sqrt2 * t + t * t, gain = (side > 0 ? t * t : 1) / a0;
    return {gain, 2 * side * gain, gain, 2 * (t * t - 1) / a0, (1 - std::numbers::sqrt2 * t + t * t) / a0};
}

std::vector<BiquadPair> edges_of(FrequencyBand band, double rate) {
    std::vector<BiquadPair> edges;
    const auto add = [&](double hz, int side) {
        edges.emplace_back(2, butterworth(hz, rate, side), butterworth(hz, rate, side));
    };
    if (band.low_hz > 0) add(band.low_hz, -1);
    if (band.high_hz < highest_edge * rate) add(band.high_hz, 1);
    return edges;
}

}  // namespace

template <class Sample>
BandCorrelation<Sample>::BandCorrelation(FrequencyBand band, double rate)
    : edges_(edges_of(band, rate)),
      exists_(band.low_hz < highest_edge * rate),
      grid_(2, block_frames),
      filtered_(2, block_frames),
      hops_(rate),
      sums_(3),
      window_(momentary_hops, sums_.size()) {}

template <class Sample>
void BandCorrelation<Sample>::push(AudioView<const Sample> in) {
    grid_.push({in.data, in.stride, 2, in.frames}, [this](AudioView<const Sample> block) { measure(block); });
}

template <class Sample>
void BandCorrelation<Sample>::finish() {
    if (grid_.rest().frames > 0) measure(grid_.rest());
    if (hops_.frames_into_hop() > 0) end_hop();
}

template <class Sample>
void BandCorrelation<Sample>::measure(AudioView<const Sample> in) {
    for (Frames at = 0; exists_ && at < in.frames; at += piece_frames) {
        const Frames count = std::min(piece_frames, in.frames - at), padded = (count + 7) / 8 * 8;
        const AudioView<double> piece = filtered_.view().slice(at, padded);
        widen(in.slice(at, count), piece.slice(0, count));
        for (int c = 0; c < 2; ++c) std::fill(piece.channel(c) + count, piece.channel(c) + padded, 0.0);
        for (BiquadPair& edge : edges_) edge.process(piece, piece);
    }
    const auto add = [this](Frames at, Frames count) {
        const double *left = filtered_.channel(0) + at, *right = filtered_.channel(1) + at;
        const auto n = static_cast<std::size_t>(count);
        sums_[0] += run_kernel<DotProduct>(left, left, n);
        sums_[1] += run_kernel<DotProduct>(right, right, n);
        sums_[2] += run_kernel<DotProduct>(left, right, n);
    };
    hops_.advance(in.frames, add, [this] { end_hop(); });
}

template <class Sample>
void BandCorrelation<Sample>::end_hop() {
    const std::span<const double> sums = window_.push(sums_);
    curve_.push_back(correlation_of(sums[0], sums[1], sums[2]));
    std::fill(sums_.begin(), sums_.end(), 0.0);
}

template class BandCorrelation<float>;
template class BandCorrelation<double>;

}  // namespace lathe
