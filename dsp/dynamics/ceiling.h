// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/stream_stage.h"
#include "dsp/dynamics/dip_gain.h"

namespace lathe {

/// Holds a ceiling on audio that passes it by little and seldom, as limited audio does after a fade or at another rate:
/// where the contract's meter reads more than the ceiling, a dip of about a millisecond, the same on all channels,
/// takes it there. A dip bends what the meter reads beside it, so this is done three times, the second and third around
/// the dips before alone. Above the ceiling by 0.005 dB at most (test: "ceiling: ..."); what lies below it is not
/// touched.
template <class Sample>
class CeilingStage final : public StreamStage<Sample> {
public:
    CeilingStage(double ceiling_dbtp, double rate, int channels, Workers& workers);

    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;

    /// The deepest dip so far, in dB, 0 or above; at most: the deepest ones of the three are added.
    double max_reduction_db() const { return repair_.max_reduction_db(); }

private:
    int channels_;
    CeilingRepair<Sample> repair_;
    PeakGainRow<Sample> row_;
};

}  // namespace lathe
