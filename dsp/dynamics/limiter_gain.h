// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/box_stack.h"
#include "dsp/dynamics/gain_history.h"
#include "dsp/dynamics/limiter_settings.h"
#include "dsp/dynamics/peak_gain.h"
#include "dsp/dynamics/peak_hold.h"
#include "dsp/dynamics/release.h"

namespace lathe {

/// Sums up a limiter's reductions, in octaves, as they come.
template <class Sample>
class ReductionRecorder {
public:
    explicit ReductionRecorder(double rate) : recorder_(rate) {}
    /// For the same rate, of nothing yet.
    template <class Other>
    explicit ReductionRecorder(const ReductionRecorder<Other>& other) : recorder_(other.recorder_.anew()) {}
    void record(const Sample* reductions, Frames count);
    void record_none(Frames count);  ///< as many reductions of 0

    double largest_db() const;
    double mean_db() const;                                     ///< of the frames reduced by more than 0.1 dB
    double active_share() const;                                ///< those frames' share
    const std::vector<float>& curve() const { return curve_; }  ///< as LimiterReport has it

private:
    template <class Other>
    friend class ReductionRecorder;
    GainRecorder recorder_;
    Frames frames_ = 0;
    double largest_ = 0, sum_ = 0, active_ = 0;
    std::vector<float> curve_;
};

/// The limiter's gain from the peaks around and ahead (see LimiterStage).
template <class Sample>
class LimiterGain final : public PeakGain<Sample> {
public:
    LimiterGain(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate, int channels);
    template <class Other>
    explicit LimiterGain(const LimiterGain<Other>& other)
        : lookahead_(other.lookahead_),
          threshold_(other.threshold_),
          link_(other.link_),
          drive_octaves_(other.drive_octaves_),
          mix_(other.mix_),
          settled_after_(other.settled_after_),
          quiet_(other.quiet_),
          is_settled_(other.is_settled_),
          reductions_(other.reductions_.channels(), other.reductions_.frames()),
          recorder_(other.recorder_) {
        for (const auto& lane : other.lanes_)
            lanes_.push_back(
                {PeakHold<Sample>(lane.hold), Release<Sample>(lane.release), BoxStack<Sample>(lane.smooth)});
    }

    int lanes() const override { return static_cast<int>(lanes_.size()); }
    Frames lookahead() const override { return lookahead_; }
    Sample threshold() const override { return static_cast<Sample>(threshold_); }
    Frames window() const override { return lookahead_; }
    bool run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) override;
    const ReductionRecorder<Sample>& recorder() const { return recorder_; }

private:
    template <class Other>
    friend class LimiterGain;
    struct Lane {
        PeakHold<Sample> hold;
        Release<Sample> release;
        BoxStack<Sample> smooth;
    };
    bool require(AudioView<Sample> peaks);
    void reduce(AudioView<Sample> peaks);
    void link(AudioView<Sample> required);

    Frames lookahead_;
    double threshold_, link_, drive_octaves_, mix_;  // threshold: of the peaks before the drive
    // Behind settled_after_ frames without a peak, and once every release has come to its end, no lane remembers
    // anything but 0: blocks are then left out until the next peak.
    Frames settled_after_, quiet_ = 0;
    bool is_settled_ = false;
    std::vector<Lane> lanes_;
    AudioBuffer<Sample> reductions_;  // [lanes + 1][block]
    ReductionRecorder<Sample> recorder_;
};

}  // namespace lathe
