// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "dsp/core/channel.h"
#include "dsp/core/stage_witness.h"
#include "dsp/core/stream_stage.h"

namespace lathe {

/// A one-channel stage at work on one part of a stereo pair (mid, side, left or right); the other part passes beside
/// it, in step. Left and right pass bit for bit where they are not worked on.
template <class Sample>
class PartStage final : public StreamStage<Sample> {
public:
    /// The witness sees what taking apart and joining rounds; the inner stage has its own part in it.
    PartStage(std::unique_ptr<StreamStage<Sample>> inner, Channel channel, StageWitness* witness = nullptr);
    int channels_in() const override { return 2; }
    int channels_out() const override { return 2; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;
    const StreamStage<Sample>& inner() const { return *inner_; }

private:
    void join(AudioQueue<Sample>& out);
    bool rounds() const { return channel_ == Channel::mid || channel_ == Channel::side; }
    void prove_split(AudioView<const Sample> in);
    void prove_join(AudioView<const Sample> joined);

    std::unique_ptr<StreamStage<Sample>> inner_;
    Channel channel_;
    AudioQueue<Sample> part_{1}, worked_{1}, other_{1};
    TwinProof proof_;
    bool join_due_ = false;
};

}  // namespace lathe
