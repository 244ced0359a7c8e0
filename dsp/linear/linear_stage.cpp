// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/block_plan.h"
#include "dsp/linear/filter_bank.h"

namespace lathe {

template <class Sample>
LinearStage<Sample>::LinearStage(const FirMatrix& matrix, Workers& workers, StageWitness* witness)
    : bank_({&matrix, 1}, workers) {
    if (witness) bank_.attend({{&matrix, 1}}, *witness);
}
template <class Sample>
int LinearStage<Sample>::channels_in() const {
    return bank_.inputs();
}
template <class Sample>
int LinearStage<Sample>::channels_out() const {
    return bank_.outputs();
}
template <class Sample>
void LinearStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    bank_.push(in, {&out, 1});
}
template <class Sample>
void LinearStage<Sample>::finish(AudioQueue<Sample>& out) {
    bank_.finish({&out, 1});
}

double filter_cost(Frames taps, int matrices) { return cost_ns(choose_blocks(taps, matrices), matrices); }

template class LinearStage<float>;
template class LinearStage<double>;

}  // namespace lathe
