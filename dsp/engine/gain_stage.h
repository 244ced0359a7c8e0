// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/stream_stage.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// Gain in steps over time (GainSpec). A constant gain of 0 dB passes bits.
template <class Sample>
class GainStage final : public StreamStage<Sample> {
public:
    GainStage(GainSpec spec, double rate, int channels);
    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>&) override {}

private:
    std::vector<GainStep> steps_;
    Frames ramp_;
    int channels_;
    Frames at_ = 0;
};

/// Fades in and out (FadeSpec).
template <class Sample>
class FadeStage final : public StreamStage<Sample> {
public:
    FadeStage(FadeSpec spec, int channels);
    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>&) override {}

private:
    std::vector<Fade> fades_;
    int channels_;
    Frames at_ = 0;
};

}  // namespace lathe
