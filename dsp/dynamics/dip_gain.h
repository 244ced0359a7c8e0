// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/box_stack.h"
#include "dsp/dynamics/peak_gain.h"
#include "dsp/dynamics/peak_hold.h"

namespace lathe {

/// Dips of about a millisecond around the peaks above a ceiling, the same on all channels.
template <class Sample>
class DipGain final : public PeakGain<Sample> {
public:
    /// aim_db: where a peak is taken to.
    DipGain(double ceiling_db, double aim_db, double rate);
    template <class Other>
    explicit DipGain(const DipGain<Other>& other)
        : slope_(other.slope_),
          held_(other.held_),
          threshold_(static_cast<Sample>(other.threshold_)),
          aim_(other.aim_),
          hold_(other.hold_),
          smooth_(other.smooth_),
          reductions_(other.reductions_.size()),
          quiet_(other.quiet_),
          deepest_(other.deepest_) {}

    int lanes() const override { return 1; }
    Frames lookahead() const override { return slope_ + held_; }
    Sample threshold() const override { return threshold_; }
    Frames window() const override { return 2 * held_; }
    bool run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) override;
    double deepest_octaves() const { return deepest_; }

private:
    template <class Other>
    friend class DipGain;
    Frames slope_, held_;
    Sample threshold_;
    double aim_;
    PeakHold<Sample> hold_;
    BoxStack<Sample> smooth_;
    AlignedVector<Sample> reductions_;
    Frames quiet_ = 1 << 20;  // frames without a peak
    double deepest_ = 0;
};

/// The gains that repair a ceiling. A dip bends what the meter reads beside it, so there are three, the second and
/// third around the dips before alone.
template <class Sample>
class CeilingRepair {
public:
    CeilingRepair(double ceiling_db, double rate);
    CeilingRepair(const CeilingRepair&) = delete;
    template <class Other>
    explicit CeilingRepair(const CeilingRepair<Other>& other) : gains_(other.gains_.begin(), other.gains_.end()) {}

    /// The row then points to this. search: of the first.
    void add_to(PeakGainRow<Sample>& row, typename PeakGainRow<Sample>::Search search);
    std::vector<PeakGain<Sample>*> in_order();
    double max_reduction_db() const;  ///< at most: the deepest dips of the three are added

private:
    template <class Other>
    friend class CeilingRepair;
    std::vector<DipGain<Sample>> gains_;
};

}  // namespace lathe
