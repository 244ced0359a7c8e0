// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/stream_stage.h"
#include "dsp/dynamics/band_mixer.h"

namespace lathe {

/// Dynamics of the whole sound: out = in · (1 + mix · (gain − 1)). At rest the output is the input.
template <class Sample>
class CompressorStage final : public StreamStage<Sample> {
public:
    /// mix: the processor's. Throws BadSetting (LevelFollower).
    CompressorStage(const CompressorSettings& settings, int channels, double rate, double mix, Workers& workers,
                    StageWitness* witness = nullptr);

    int channels_in() const override { return channels_; }
    int channels_out() const override { return channels_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override { mixer_.finish(out); }
    const GainHistory& history() const { return mixer_.history(); }  ///< one band

private:
    int channels_;
    BandMixer<Sample> mixer_;
};

}  // namespace lathe
