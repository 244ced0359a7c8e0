// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "dsp/core/channel.h"
#include "dsp/core/stream_stage.h"

namespace lathe {

/// A one-channel stage at work on one part of a stereo pair (mid, side, left or right); the other part passes beside
/// it, in step. Left and right pass bit for bit where they are not worked on.
template <class Sample>
class PartStage final : public StreamStage<Sample> {
public:
    PartStage(std::unique_ptr<StreamStage<Sample>> inner, Channel channel);
    int channels_in() const override { return 2; }
    int channels_out() const override { return 2; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;

private:
    void join(AudioQueue<Sample>& out);

    std::unique_ptr<StreamStage<Sample>> inner_;
    Channel channel_;
    AudioQueue<Sample> part_{1}, worked_{1}, other_{1};
};

}  // namespace lathe
