// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/residual.h"

namespace lathe {

/// Watches a run: at some places of the programme every stage is recomputed in double, from what that stage itself was
/// given and the state it was in, and what its own frames differ by is kept. Together: the run's null certificate.
class Witness {
public:
    /// Frames of a place.
    static constexpr Frames window = 4096;

    /// frames: of the programme. Eight places at least, and one a minute; spread evenly.
    Witness(Frames frames, double rate);

    const std::vector<Frames>& places() const { return places_; }  ///< the first frame of each, ascending

    struct Stage {
        std::string name;
        std::deque<Residual> parts{};
        double power = 0;  ///< of what it gave out, summed over the places
    };
    const std::deque<Stage>& found() const { return stages_; }

    /// Another stage, behind those before; what is found from here on is its.
    void add_stage(Stage stage);
    std::size_t stages() const { return stages_.size(); }
    void enter_stage(std::size_t stage) { current_ = stage; }
    /// Where one recomputed operation of this stage keeps what it finds; good for as long as the witness.
    Residual& part();
    /// What this stage gave out at a place: how loud it is there, against the last stage, is how loud its errors come
    /// out in the end.
    template <class Sample>
    void hear(AudioView<const Sample> out);
    /// What another witness found in a run that this one goes on from, before any stage of its own.
    void include(const Witness& before) { stages_ = before.stages_; }

    std::int64_t samples() const;  ///< recomputed, over all parts
    double rms() const;            ///< root of the sum of the parts' powers
    double peak() const;           ///< sum of the parts' peaks

private:
    /// By how much the power of a stage's errors grows up to the end.
    double raised(const Stage& stage) const;

    std::vector<Frames> places_;
    std::deque<Stage> stages_;
    std::size_t current_ = 0;
};

/// The proof of a stage whose state can be taken over by a twin in double: at each place the twin is made, given the
/// same frames, and compared.
class TwinProof {
public:
    /// witness: none, and nothing is ever due. It outlives the proof.
    explicit TwinProof(Witness* witness);

    /// Whether to compare, now that `frames` more come.
    bool due(Frames frames);
    /// made: from frame `from` on, what exact has from its first; frames that only one of them has are left out.
    void compare(const AudioQueue<double>& exact, const AudioQueue<float>& made, Frames from);
    /// One sample off by this, where due.
    void add(double difference) { residual_->add(difference); }

private:
    const Witness* witness_;
    Residual* residual_ = nullptr;
    std::size_t next_ = 0;
    Frames heard_ = 0;
};

/// push(in, out) of a stage, proven where that is due. A run in double proves itself no better than it is: it is left
/// alone.
template <template <class> class Stage, class Sample, class Push>
void push_proven(TwinProof& proof, const Stage<Sample>& stage, AudioView<const Sample> in, AudioQueue<Sample>& out,
                 Push push) {
    if constexpr (std::is_same_v<Sample, float>) {
        if (proof.due(in.frames)) {
            AudioBuffer<double> given(in.channels, std::min(in.frames, Witness::window));
            copy_audio(in.slice(0, given.frames()), given.view());
            AudioQueue<double> exact(out.channels());
            Stage<double>(stage).push(std::as_const(given).view(), exact);
            const Frames before = out.frames();
            push();
            return proof.compare(exact, out, before);
        }
    }
    push();
}

}  // namespace lathe
