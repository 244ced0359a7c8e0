// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "dsp/core/stage_witness.h"
#include "dsp/core/stream_stage.h"
#include "dsp/core/workers.h"
#include "dsp/dynamics/limiter_settings.h"

namespace lathe {

/// What a limiter did, over the frames that have come out. Its ceiling's repairs are not counted.
struct LimiterReport {
    double max_reduction_db = 0;   ///< 0 or above
    double mean_reduction_db = 0;  ///< over the frames reduced by more than 0.1 dB
    double active_share = 0;       ///< of the frames, those
    double repair_db = 0;          ///< at most; see CeilingRepair
    /// The largest reduction in each 10 ms, in dB, 0 or above.
    std::vector<float> curve;
};

/// Holds the contract's true peak at or below a ceiling. In signal order: the largest reconstructed peak around each
/// frame, the reduction that takes it to the ceiling, linked over the channels; held over the lookahead and as the
/// style asks; let go (ReleaseShape); smoothed by a bell as long as the attack, so that a reduction has come in full
/// when its peak comes; applied; repaired where the moving gain has bent a peak over the ceiling (CeilingRepair). The
/// lookahead is read ahead: nothing is late. Where nothing is reduced and drive_db is 0, out is in, bit for bit.
template <class Sample>
class LimiterStage final : public StreamStage<Sample> {
public:
    /// ceiling_dbtp: what it holds, whatever settings.ceiling_dbtp says. mix: out = in + mix · (limited − in); below 1
    /// the ceiling is not promised. Throws BadSetting if attack_ms is above lookahead_ms.
    LimiterStage(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate, int channels,
                 Workers& workers, StageWitness* witness = nullptr);
    /// Another one as it stands.
    template <class Other>
    explicit LimiterStage(const LimiterStage<Other>& other);
    ~LimiterStage() override;

    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;

    LimiterReport report() const;

private:
    template <class Other>
    friend class LimiterStage;
    struct Parts;
    int channels_;
    std::unique_ptr<Parts> parts_;
    TwinProof proof_;
};

}  // namespace lathe
