// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/stage_witness.h"
#include "dsp/core/stream_stage.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// Gain in steps over time (GainSpec). A constant gain of 0 dB passes bits.
template <class Sample>
class GainStage final : public StreamStage<Sample> {
public:
    GainStage(GainSpec spec, double rate, int channels, StageWitness* witness = nullptr);
    /// Another one as it stands.
    template <class Other>
    explicit GainStage(const GainStage<Other>& other)
        : steps_(other.steps_), ramp_(other.ramp_), channels_(other.channels_), at_(other.at_), proof_(nullptr) {}
    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>&) override {}

private:
    template <class Other>
    friend class GainStage;
    void multiply(AudioView<const Sample> in, AudioQueue<Sample>& out);

    std::vector<GainStep> steps_;
    Frames ramp_;
    int channels_;
    Frames at_ = 0;
    TwinProof proof_;
};

/// Fades in and out (FadeSpec).
template <class Sample>
class FadeStage final : public StreamStage<Sample> {
public:
    FadeStage(FadeSpec spec, int channels, StageWitness* witness = nullptr);
    /// Another one as it stands.
    template <class Other>
    explicit FadeStage(const FadeStage<Other>& other)
        : fades_(other.fades_), channels_(other.channels_), at_(other.at_), proof_(nullptr) {}
    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>&) override {}

private:
    template <class Other>
    friend class FadeStage;
    void fade(AudioView<const Sample> in, AudioQueue<Sample>& out);

    std::vector<Fade> fades_;
    int channels_;
    Frames at_ = 0;
    TwinProof proof_;
};

}  // namespace lathe
