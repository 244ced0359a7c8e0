// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/ceiling.h"

namespace lathe {

template <class Sample>
CeilingStage<Sample>::CeilingStage(double ceiling_dbtp, double rate, int channels, Workers& workers)
    : channels_(channels), repair_(ceiling_dbtp, rate), row_(channels, workers) {
    repair_.add_to(row_, PeakGainRow<Sample>::Search::everywhere);
}

template <class Sample>
void CeilingStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    row_.push(in, out);
}

template <class Sample>
void CeilingStage<Sample>::finish(AudioQueue<Sample>& out) {
    row_.finish(out);
}

template class CeilingStage<float>;
template class CeilingStage<double>;

}  // namespace lathe
