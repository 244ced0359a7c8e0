// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "dsp/fft/fft.h"
#include "dsp/fft/lane_fft.h"
#include "dsp/linear/room_model.h"

namespace lathe {
namespace {

/// T60 at hz: straight lines between the octaves in log time over log frequency; held below them, continued above.
double t60_at(const RoomModel& model, double hz) {
    const auto& times = model.design_t60_s;
    const double octave = std::max(std::log2(std::max(hz, 1.0) / 62.5), 0.0);
    const std::size_t i = std::min(static_cast<std::size_t>(octave), times.size() - 2);
    return times[i] * std::pow(times[i + 1] / times[i], octave - static_cast<double>(i));
}

/// The filter of each frame, all bins of which fall by their own step from one frame to the next.
class FallingFilter {
public:
    FallingFilter(const RoomModel& model, double rate, Frames hop, const LaneFft<float>& fft)
        : gain_(fft.half_samples()), step_(fft.half_samples()) {
        const std::size_t size = fft.size();
        AlignedVector<std::complex<double>> bins(size, 1 / static_cast<double>(size));
        fft.arrange(bins.data(), true, gain_.data());
        const double fall = std::log(1000.0) * static_cast<double>(hop) / rate;
        for (std::size_t k = 0; k <= size / 2; ++k) {
            const double step =
                std::exp(-fall / t60_at(model, static_cast<double>(k) * rate / static_cast<double>(size)));
            bins[k] = bins[(size - k) % size] = {step, step};  // of the real part, and of the imaginary one, which is 0
        }
        fft.arrange(bins.data(), true, step_.data());
    }
    LaneResponse<float> response() const { return {gain_.data(), nullptr, true}; }
    void fall() {
        for (std::size_t i = 0; i < gain_.size(); ++i) {
            const float fallen = gain_[i] * step_[i];
            gain_[i] = fallen < least ? 0 : fallen;
        }
    }

private:
    static constexpr float least = 1e-30f;  // what is left long before it could become slow to calculate with
    AlignedVector<float> gain_, step_;
};

/// One channel, cut into frames and put together from them again, in place.
class FramedChannel {
public:
    FramedChannel(double* samples, Frames frames, const std::vector<double>& window, std::size_t size)
        : x_(samples),
          frames_(frames),
          window_(window),
          hop_(static_cast<Frames>(window.size()) / 2),
          half_(static_cast<Frames>(size) / 2),
          frame_(size),
          filtered_(size),
          sum_(size) {}

    /// The frame around `centre` under the window, silence to both sides.
    const float* cut(Frames centre) {
        const Frames first = centre - hop_, from = std::max<Frames>(0, -first),
                     to = std::min(2 * hop_, frames_ - first);
        float* const frame = frame_.data() + half_ - hop_;
        std::fill(frame, frame + from, 0.0f);
        for (Frames i = from; i < to; ++i)
            frame[i] = static_cast<float>(window_[static_cast<std::size_t>(i)] * x_[first + i]);
        std::fill(frame + std::max(from, to), frame + 2 * hop_, 0.0f);
        return frame_.data();
    }
    float* filtered() { return filtered_.data(); }
    /// Takes what filtered() holds in. No later frame reaches, or reads, what lies before the next one's first sample.
    void add(Frames centre) {
        const std::size_t hop = static_cast<std::size_t>(hop_), kept = sum_.size() - hop;
        for (std::size_t n = 0; n < kept; ++n) sum_[n] = sum_[n + hop] + filtered_[n];
        for (std::size_t n = kept; n < sum_.size(); ++n) sum_[n] = filtered_[n];
        const Frames first = centre - half_;
        for (Frames n = std::max<Frames>(0, first); n < std::min(frames_, first + hop_); ++n)
            x_[n] = sum_[static_cast<std::size_t>(n - first)];
    }

private:
    double* x_;
    Frames frames_;
    const std::vector<double>& window_;
    Frames hop_, half_;
    AlignedVector<float> frame_, filtered_, sum_;  // sum: of the frames so far, from centre − half on
};

}  // namespace

// Frames of 40 ms, overlapping by half under a Hann window that sums to 1, each through the zero-phase filter that
// T60(f) asks for at its time. T60(f) is smooth, so the filters are short and pass no frame's sound into another's
// time. Two channels go through one complex transform, whose parts a filter of real taps keeps apart.
void apply_decay(const RoomModel& model, double rate, AudioBuffer<double>& audio, Workers& workers) {
    assert(audio.channels() % 2 == 0);
    const Frames hop = std::llround(rate / 50);
    const LaneFft<float> fft(power_of_two_at_least(static_cast<std::size_t>(4 * hop)));
    const FallingFilter first_filter(model, rate, hop, fft);
    std::vector<double> window(static_cast<std::size_t>(2 * hop));
    for (std::size_t i = 0; i < window.size(); ++i)
        window[i] = 0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(i) / static_cast<double>(hop));

    workers.for_each(audio.channels() / 2, [&](int pair) {
        FramedChannel left(audio.channel(2 * pair), audio.frames(), window, fft.size());
        FramedChannel right(audio.channel(2 * pair + 1), audio.frames(), window, fft.size());
        FallingFilter filter = first_filter;
        AlignedVector<float> spectrum(fft.spectrum_samples()), sums(fft.pair_samples()), work(fft.work_samples()),
            tile(fft.tile_samples());
        const float* const signal = spectrum.data();
        for (Frames centre = 0; centre - static_cast<Frames>(fft.size()) / 2 < audio.frames(); centre += hop) {
            fft.forward(left.cut(centre), right.cut(centre), spectrum.data(), work.data(), tile.data());
            const LaneResponse<float> response = filter.response();
            for (std::size_t part = 0; part < fft.pairs(); ++part) {
                fft.sum_products(part, {&response, 1}, &signal, 1, sums.data());
                fft.inverse_pair(part, sums.data(), work.data());
            }
            fft.inverse_end(work.data(), 0, fft.size(), left.filtered(), right.filtered(), tile.data());
            left.add(centre);
            right.add(centre);
            filter.fall();
        }
    });
}

}  // namespace lathe
