// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "dsp/core/stream_stage.h"

namespace lathe {

/// A row of stages as one. No stages: what comes in goes out.
template <class Sample>
class StageRow final : public StreamStage<Sample> {
public:
    StageRow(std::vector<std::unique_ptr<StreamStage<Sample>>> stages, int channels);
    int channels_in() const override { return channels_; }
    int channels_out() const override { return stages_.empty() ? channels_ : stages_.back()->channels_out(); }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;
    const std::vector<std::unique_ptr<StreamStage<Sample>>>& stages() const { return stages_; }

private:
    std::vector<std::unique_ptr<StreamStage<Sample>>> stages_;
    std::vector<AudioQueue<Sample>> between_;  ///< between_[i]: what stage i made for stage i + 1
    int channels_;
};

}  // namespace lathe
