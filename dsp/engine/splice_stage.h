// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "dsp/core/stream_stage.h"
#include "dsp/dynamics/gain_history.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// Carries out a SpliceSpec: a stretch's plan is built when its pre-roll begins and gone when it has faded out.
template <class Sample>
class SpliceStage final : public StreamStage<Sample> {
public:
    /// Builds plan number i of the spec.
    using Build = std::function<std::unique_ptr<StreamStage<Sample>>(std::size_t plan)>;
    /// What the stages of such a plan did, from the first frame that they heard on.
    using Gains = std::function<std::vector<StageGains>(std::size_t plan, const StreamStage<Sample>& stage)>;
    SpliceStage(const std::vector<SpliceSpec::Stretch>& stretches, Build build, double rate, int channels_in,
                int channels_out, Gains gains = nullptr);
    int channels_in() const override { return channels_in_; }
    int channels_out() const override { return channels_out_; }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;
    /// After finish(): what the stages of all plans did, each stretch's over that stretch; 0 dB where a stretch has no
    /// stage of that name, or fewer bands.
    const std::vector<StageGains>& gains() const { return gains_; }

private:
    static constexpr Frames endless = std::numeric_limits<Frames>::max() / 4;
    /// One stretch: heard over [from, to) and half a fade on either side, where there is a neighbour.
    struct Stretch {
        std::size_t plan;
        Frames from, to;
        Frames starts, heard_from, heard_to;  ///< begins to hear; is heard
        std::unique_ptr<StreamStage<Sample>> stage;
        std::unique_ptr<AudioQueue<Sample>> made;
        Frames made_from = 0;  ///< the frame that made begins with
        bool finished = false;
    };
    void end(Stretch& stretch);
    void keep_gains(const Stretch& stretch);
    void join(Frames ready, AudioQueue<Sample>& out);
    void add(Stretch& stretch, AudioView<Sample> audio) const;
    Frames ready_frames() const;

    std::vector<Stretch> stretches_;
    Build build_;
    Gains gains_of_;
    double rate_;
    Frames fade_;
    int channels_in_, channels_out_;
    Frames heard_ = 0;  ///< frames pushed
    Frames at_ = 0;     ///< frames given out
    std::vector<StageGains> gains_;
};

}  // namespace lathe
