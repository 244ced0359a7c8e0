// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter_gain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/simd/gain_curve.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {
namespace {

const double db_per_octave = 20 * std::log10(2.0);
constexpr double active_db = 0.1;
constexpr double most_octaves = 100;  // BoxStack takes less than 128

Frames frames_in(double ms, double rate) { return std::max<Frames>(1, std::lround(ms * rate / 1000)); }

double attack_ms(const LimiterSettings& settings) {
    const double attack = settings.attack_ms.value_or(settings.lookahead_ms);
    if (attack > settings.lookahead_ms)
        throw BadSetting(
            fmt::format("attack_ms = {} is longer than lookahead_ms = {}; shorten it or raise lookahead_ms", attack,
                        settings.lookahead_ms));
    return attack;
}

}  // namespace

template <class Sample>
void ReductionRecorder<Sample>::record(const Sample* reductions, Frames count) {
    const Frames end = frames_ + count;
    while (frames_ < end) {
        const Frames to = std::min(end, recorder_.next_end());
        const auto n = static_cast<std::size_t>(to - frames_);
        const double largest = run_kernel<Largest>(reductions, n);
        recorder_.record(static_cast<float>(largest * db_per_octave), to, curve_);
        largest_ = std::max(largest_, largest);
        const auto active = run_kernel<ReductionAbove>(reductions, static_cast<Sample>(active_db / db_per_octave), n);
        sum_ += active.sum;
        active_ += active.count;
        reductions += n;
        frames_ = to;
    }
}

template <class Sample>
void ReductionRecorder<Sample>::record_none(Frames count) {
    for (const Frames end = frames_ + count; frames_ < end;) {
        frames_ = std::min(end, recorder_.next_end());
        recorder_.record(0, frames_, curve_);
    }
}

template <class Sample>
double ReductionRecorder<Sample>::largest_db() const {
    return largest_ * db_per_octave;
}
template <class Sample>
double ReductionRecorder<Sample>::mean_db() const {
    return active_ > 0 ? sum_ / active_ * db_per_octave : 0;
}
template <class Sample>
double ReductionRecorder<Sample>::active_share() const {
    return frames_ > 0 ? active_ / static_cast<double>(frames_) : 0;
}

template <class Sample>
LimiterGain<Sample>::LimiterGain(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate,
                                 int channels)
    : lookahead_(frames_in(settings.lookahead_ms, rate)),
      threshold_(gain_from_db(ceiling_dbtp - settings.drive_db)),
      link_(settings.link),
      drive_octaves_(settings.drive_db / db_per_octave),
      mix_(mix),
      recorder_(rate) {
    const ReleaseShape shape = release_shape(settings);
    const Frames attack = std::min(lookahead_, frames_in(attack_ms(settings), rate));
    const Frames held = lookahead_ + 1 + std::lround(shape.hold_ms * rate / 1000);
    const int lanes = link_ == 1 ? 1 : channels;
    for (int lane = 0; lane < lanes; ++lane)
        lanes_.push_back({PeakHold<Sample>(held, this->block), Release<Sample>(shape, rate, this->block),
                          BoxStack<Sample>(attack + 1, this->block)});
    settled_after_ = held + attack + 2 * this->block;
    reductions_ = AudioBuffer<Sample>(lanes + 1, this->block);
}

// Peaks become the reductions that they ask for, linked. Whether there are any.
template <class Sample>
bool LimiterGain<Sample>::require(AudioView<Sample> peaks) {
    bool any = false;
    const auto n = static_cast<std::size_t>(this->block);
    const CurveCoefficients to_octaves{1 / threshold_, 1, 0, 1, most_octaves, 0};
    const auto least = static_cast<Sample>(threshold_ / 2);
    for (int lane = 0; lane < lanes(); ++lane) {
        Sample* const peak = peaks.channel(lane);
        if (run_kernel<Largest>(static_cast<const Sample*>(peak), n) > threshold()) {
            any = true;
            for (Frames i = 0; i < this->block; ++i) peak[i] = peak[i] > threshold() ? peak[i] : least;
            run_kernel<GainChange>(to_octaves, static_cast<const Sample*>(peak), peak, n);
        } else {
            std::fill_n(peak, this->block, Sample(0));
        }
    }
    if (any && lanes() > 1) link(peaks);
    return any;
}

template <class Sample>
void LimiterGain<Sample>::link(AudioView<Sample> required) {
    Sample* const loudest = reductions_.channel(lanes());
    std::copy_n(required.channel(0), this->block, loudest);
    for (int lane = 1; lane < lanes(); ++lane)
        run_kernel<LargerOf>(static_cast<const Sample*>(loudest), static_cast<const Sample*>(required.channel(lane)),
                             loudest, static_cast<std::size_t>(this->block));
    const auto share = static_cast<Sample>(link_);
    for (int lane = 0; lane < lanes(); ++lane) {
        Sample* const own = required.channel(lane);
        for (Frames i = 0; i < this->block; ++i) own[i] += share * (loudest[i] - own[i]);
    }
}

template <class Sample>
bool LimiterGain<Sample>::run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) {
    const auto n = static_cast<std::size_t>(this->block);
    const Frames recorded = std::max<Frames>(0, counted.to - counted.from);
    quiet_ = require(peaks) ? 0 : quiet_ + this->block;
    is_settled_ = is_settled_ && quiet_ > 0;
    if (!is_settled_) reduce(peaks);
    const FactorCoefficients to_gain{-1, drive_octaves_, mix_, 1};
    const bool moves = !is_settled_ && run_kernel<Largest>(std::as_const(reductions_).channel(lanes()), n) > 0;
    if (moves || drive_octaves_ != 0)
        for (int lane = 0; lane < lanes(); ++lane)
            run_kernel<GainFactor>(to_gain, std::as_const(reductions_).channel(lane), gains.channel(lane), n);
    if (moves)
        recorder_.record(reductions_.channel(lanes()) + counted.from, recorded);
    else
        recorder_.record_none(recorded);
    return moves || drive_octaves_ != 0;
}

// What the peaks ask for, held, let go and smoothed: into reductions_, the largest of the lanes behind them.
template <class Sample>
void LimiterGain<Sample>::reduce(AudioView<Sample> required) {
    const auto n = static_cast<std::size_t>(this->block);
    Sample* const largest = reductions_.channel(lanes());
    bool any = false;
    for (int lane = 0; lane < lanes(); ++lane) {
        Lane& parts = lanes_[static_cast<std::size_t>(lane)];
        Sample *const released = required.channel(lane), *const reduction = reductions_.channel(lane);
        std::copy_n(released, this->block, parts.hold.input());
        parts.hold.run(parts.release.input());
        parts.release.run(released);
        parts.smooth.run(released, reduction);
        any |= run_kernel<Largest>(static_cast<const Sample*>(released), n) > 0;
        if (lane == 0)
            std::copy_n(reduction, this->block, largest);
        else
            run_kernel<LargerOf>(static_cast<const Sample*>(largest), static_cast<const Sample*>(reduction), largest,
                                 n);
    }
    any |= run_kernel<Largest>(static_cast<const Sample*>(largest), n) > 0;
    is_settled_ = !any && quiet_ > settled_after_;
}

template class ReductionRecorder<float>;
template class ReductionRecorder<double>;
template class LimiterGain<float>;
template class LimiterGain<double>;

}  // namespace lathe
