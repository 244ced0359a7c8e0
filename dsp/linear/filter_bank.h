// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/stream_stage.h"
#include "dsp/core/workers.h"
#include "dsp/linear/filter_witness.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// One programme through several filter matrices at once (the bands of a crossover, or a single fused filter), paying
/// for one forward transform. Frame n of every output belongs to frame n of the input: nothing is late. Blocks lie on a
/// fixed grid from frame 0; their size is a function of the responses alone.
template <class Sample>
class FilterBank {
public:
    /// matrices: at least one, all of the same inputs and outputs. Throws BadSetting otherwise, and past 2^24 taps (a
    /// room of a minute at 192 kHz; the contract's limit for EQ filters, 2^22, is the EQ's to keep).
    FilterBank(std::span<const FirMatrix> matrices, Workers& workers);
    ~FilterBank();
    FilterBank(FilterBank&&) noexcept;

    /// Before the first push. The matrices are the constructor's; they and the witness outlive the bank.
    void attend(std::vector<typename FilterWitness<Sample>::Weighed> matrices, StageWitness& witness);

    int inputs() const;
    int outputs() const;
    int count() const;  ///< of matrices
    /// As StreamStage::push and finish; outs: one queue per matrix. All queues grow by the same frames.
    void push(AudioView<const Sample> in, std::span<AudioQueue<Sample>> outs);
    void finish(std::span<AudioQueue<Sample>> outs);

private:
    class Body;
    std::unique_ptr<Body> body_;
};

/// A single matrix as a stage of a plan.
template <class Sample>
class LinearStage final : public StreamStage<Sample> {
public:
    /// witness: as for FilterBank::attend.
    LinearStage(const FirMatrix& matrix, Workers& workers, StageWitness* witness = nullptr);
    int channels_in() const override;
    int channels_out() const override;
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;

private:
    FilterBank<Sample> bank_;
};

/// What a frame of a stereo pair costs through `matrices` filters of `taps` taps, in nanoseconds of one core as
/// measured on one machine (block_plan.cpp): what the compiler weighs fusing by.
double filter_cost(Frames taps, int matrices);

}  // namespace lathe
