// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/ceiling.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/dynamics/box_stack.h"
#include "dsp/dynamics/peak_gain.h"
#include "dsp/dynamics/peak_hold.h"
#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/gain_curve.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {
namespace {

constexpr double tolerated_db = 0.002;             // less is not worth a dip
constexpr double aims_db[] = {0, -0.002, -0.004};  // of each pass, against the ceiling
constexpr double slope_ms = 0.25, flat_ms = 0.05;  // of a dip: either side's bell reaches over slope_ms each way

Frames frames_in(double ms, double rate) { return std::max<Frames>(1, std::lround(ms * rate / 1000)); }

const double db_per_octave = 20 * std::log10(2.0);

// Dips around the peaks above the ceiling.
template <class Sample>
class DipGain final : public PeakGain<Sample> {
public:
    DipGain(double ceiling_db, double aim_db, double rate)
        : slope_(frames_in(slope_ms, rate)),
          held_(slope_ + frames_in(flat_ms, rate)),
          threshold_(static_cast<Sample>(gain_from_db(ceiling_db + tolerated_db))),
          aim_(gain_from_db(ceiling_db + aim_db)),
          hold_(2 * held_ + 1, this->block),
          smooth_(2 * slope_ + 1, this->block),
          reductions_(static_cast<std::size_t>(this->block)) {}

    int lanes() const override { return 1; }
    Frames lookahead() const override { return slope_ + held_; }
    Sample threshold() const override { return threshold_; }
    Frames window() const override { return 2 * held_; }
    double deepest_octaves() const { return deepest_; }

    bool run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) override {
        const auto n = static_cast<std::size_t>(this->block);
        Sample* const peak = peaks.channel(0);
        const bool passed = run_kernel<Largest>(static_cast<const Sample*>(peak), n) > threshold_;
        if (passed)
            quiet_ = 0;
        else if (quiet_ > 2 * lookahead())
            return false;  // all that still counts is 0
        quiet_ += passed ? 0 : this->block;

        for (Frames i = 0; i < this->block; ++i)
            peak[i] = peak[i] > threshold_ ? peak[i] : static_cast<Sample>(aim_ / 2);
        const CurveCoefficients to_octaves{1 / aim_, 1, 0, 1, 120, 0};
        run_kernel<GainChange>(to_octaves, static_cast<const Sample*>(peak), hold_.input(), n);
        hold_.run(peak);
        smooth_.run(peak, reductions_.data());
        const Sample* const counted_from = reductions_.data() + counted.from;
        if (counted.to > counted.from)
            deepest_ = std::max<double>(
                deepest_, run_kernel<Largest>(counted_from, static_cast<std::size_t>(counted.to - counted.from)));
        const FactorCoefficients to_gain{-1, 0, 1, 1};
        run_kernel<GainFactor>(to_gain, static_cast<const Sample*>(reductions_.data()), gains.channel(0), n);
        return true;
    }

private:
    Frames slope_, held_;
    Sample threshold_;
    double aim_;
    PeakHold<Sample> hold_;
    BoxStack<Sample> smooth_;
    AlignedVector<Sample> reductions_;
    Frames quiet_ = 1 << 20;  // frames without a peak
    double deepest_ = 0;
};

}  // namespace

template <class Sample>
struct CeilingStage<Sample>::Pass {
    DipGain<Sample> gain;
    PeakGainRunner<Sample> runner;
    AudioQueue<Sample> out;
    std::vector<Span> changed;  // by this pass, as far as the next one has not searched there

    Pass(double ceiling_db, double aim_db, double rate, int channels, Workers& workers)
        : gain(ceiling_db, aim_db, rate), runner(gain, channels, workers), out(channels) {}
};

template <class Sample>
CeilingStage<Sample>::CeilingStage(double ceiling_dbtp, double rate, int channels, Workers& workers)
    : channels_(channels) {
    for (const double aim_db : aims_db)
        passes_.push_back(std::make_unique<Pass>(ceiling_dbtp, aim_db, rate, channels, workers));
}

template <class Sample>
CeilingStage<Sample>::~CeilingStage() = default;

// Each pass works on what the one before has put out so far; the last one's output is the stage's.
template <class Sample>
void CeilingStage<Sample>::run(AudioView<const Sample> in, bool ended, AudioQueue<Sample>& out) {
    const std::vector<Span>* where = nullptr;
    for (std::size_t k = 0; k < passes_.size(); ++k) {
        Pass& pass = *passes_[k];
        std::vector<Span>* const changed = k + 1 < passes_.size() ? &pass.changed : nullptr;
        AudioQueue<Sample>& to = k + 1 < passes_.size() ? pass.out : out;
        pass.runner.push(in, where, to, changed);
        if (ended) pass.runner.finish(where, to, changed);
        if (k > 0) {
            Pass& before = *passes_[k - 1];
            before.out.drop(before.out.frames());
            std::erase_if(before.changed,
                          [&](const Span& span) { return span.to < pass.runner.searched() - peak_cell; });
        }
        in = static_cast<const AudioQueue<Sample>&>(pass.out).view();
        where = &pass.changed;
    }
}

// In slices that stay in the cache from the first pass to the last.
template <class Sample>
void CeilingStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    constexpr Frames slice = 16384;
    for (Frames n = 0; n < in.frames; n += slice) run(in.slice(n, std::min(slice, in.frames - n)), false, out);
}

template <class Sample>
void CeilingStage<Sample>::finish(AudioQueue<Sample>& out) {
    run(AudioView<const Sample>(nullptr, 0, channels_, 0), true, out);
}

template <class Sample>
double CeilingStage<Sample>::max_reduction_db() const {
    double octaves = 0;
    for (const auto& pass : passes_) octaves += pass->gain.deepest_octaves();
    return octaves * db_per_octave;
}

template class CeilingStage<float>;
template class CeilingStage<double>;

}  // namespace lathe
