// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dsp/core/stream_stage.h"
#include "dsp/dynamics/band_mixer.h"
#include "dsp/linear/filter_bank.h"

namespace lathe {

/// The lower edge of each band: 0, and the crossovers. Throws BadSetting unless there is one band more than crossovers.
std::vector<double> band_lower_edges_hz(const MultibandSettings& settings);

/// Dynamics in bands. With the crossover's own responses: out = in + Σ (gain − 1) · band, so that at rest the output is
/// the input, bit for bit. Fused, with what stood in front multiplied into the responses: Σ gain · band. Where a band
/// is solo, the sum of those alone. Each gain is 1 + mix · band's mix · (gain − 1).
template <class Sample>
class MultibandStage final : public StreamStage<Sample> {
public:
    /// responses: one a band, all of the same channels; unless fused, as many out as in, and their sum a unit.
    /// edges_hz: each band's lower edge. mix: the processor's. Throws BadSetting (band_lower_edges_hz, LevelFollower,
    /// FilterBank). witness: as for FilterBank::attend.
    MultibandStage(const MultibandSettings& settings, const std::vector<FirMatrix>& responses, bool fused,
                   std::span<const double> edges_hz, double rate, double mix, Workers& workers,
                   StageWitness* witness = nullptr);

    int channels_in() const override { return channels_in_; }
    int channels_out() const override { return channels_out_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;
    const GainHistory& history() const { return mixer_ ? mixer_->history() : still_; }  ///< one entry a band

private:
    int channels_in_, channels_out_;
    bool over_dry_;
    std::optional<FilterBank<Sample>> bank_;  // of the bands that the sum needs; none: the output is the input
    std::optional<BandMixer<Sample>> mixer_;
    GainHistory still_;
};

}  // namespace lathe
