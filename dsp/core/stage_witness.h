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

/// What a witness (witness.h) finds of one stage. Each stage has its own, so that stages may be at work at once.
class StageWitness {
public:
    /// Frames of a place.
    static constexpr Frames window = 4096;

    /// places: the first frame of each, ascending.
    StageWitness(std::string name, std::vector<Frames> places) : name_(std::move(name)), places_(std::move(places)) {}
    /// One that was written down.
    StageWitness(std::string name, double power, std::deque<Residual> parts)
        : name_(std::move(name)), parts_(std::move(parts)), power_(power) {}

    const std::string& name() const { return name_; }
    const std::vector<Frames>& places() const { return places_; }

    /// Where one recomputed operation of the stage keeps what it finds; good for as long as the witness.
    Residual& part() { return parts_.emplace_back(); }
    const std::deque<Residual>& parts() const { return parts_; }

    /// The next frames that the stage gives out: how loud it is at the places, against the last stage, is how loud its
    /// errors come out in the end.
    template <class Sample>
    void hear(AudioView<const Sample> out);
    double power() const { return power_; }  ///< of what it gave out, summed over the places

private:
    std::string name_;
    std::vector<Frames> places_;
    std::deque<Residual> parts_;
    double power_ = 0;
    Frames heard_ = 0;
    std::size_t next_ = 0;  // the first place whose window has not gone by
};

/// The proof of a stage whose state can be taken over by a twin in double: at each place the twin is made, given the
/// same frames, and compared.
class TwinProof {
public:
    /// witness: none, and nothing is ever due. It outlives the proof.
    explicit TwinProof(StageWitness* witness);

    /// Whether to compare, now that `frames` more come.
    bool due(Frames frames);
    /// made: from frame `from` on, what exact has from its first; frames that only one of them has are left out.
    void compare(const AudioQueue<double>& exact, const AudioQueue<float>& made, Frames from);
    /// One sample off by this, where due.
    void add(double difference) { residual_->add(difference); }

private:
    const StageWitness* witness_;
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
            AudioBuffer<double> given(in.channels, std::min(in.frames, StageWitness::window));
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
