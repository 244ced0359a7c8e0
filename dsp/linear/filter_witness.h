// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/stage_witness.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// Compares what a filter bank wrote with the direct sum in double, at a few frames of a witness's places: the sum has
/// no state to take over, needs no transform, and costs too much for every frame.
template <class Sample>
class FilterWitness {
public:
    /// How an error of one matrix's output counts.
    struct Weighed {
        const FirMatrix* matrix;
        double weight;
    };
    /// The matrices and the witness outlive it.
    FilterWitness(std::vector<Weighed> matrices, StageWitness& witness);

    /// The bank's next input: [inputs][any].
    void hear(AudioView<const Sample> in);
    /// What the bank made of it: of each matrix [outputs][any], from frame `from` on. The input that belongs to it has
    /// been heard.
    void check(Frames from, std::span<const AudioView<Sample>> made);

private:
    Frames needed_from() const;
    Frames point() const { return place() + point_ * StageWitness::window / points_; }
    Frames place() const { return witness_.places()[place_]; }
    bool is_over() const { return place_ == witness_.places().size(); }
    double exact(const FirMatrix& matrix, int output, Frames frame) const;
    double exact(const Fir& fir, int input, Frames frame) const;

    std::vector<Weighed> matrices_;
    Frames behind_ = 0, points_;
    const StageWitness& witness_;
    Residual& residual_;
    std::size_t place_ = 0;
    Frames point_ = 0;          // of points_ at each place
    AudioQueue<Sample> heard_;  // from heard_from_
    Frames heard_from_ = 0;
};

}  // namespace lathe
