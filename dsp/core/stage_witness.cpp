// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/stage_witness.h"

#include <algorithm>

namespace lathe {

template <class Sample>
void StageWitness::hear(AudioView<const Sample> out) {
    const Frames end = heard_ + out.frames;
    for (std::size_t place = next_; place < places_.size() && places_[place] < end; ++place) {
        const Frames from = std::max(places_[place], heard_), to = std::min(places_[place] + window, end);
        for (int c = 0; c < out.channels; ++c)
            for (Frames n = from - heard_; n < to - heard_; ++n)
                power_ += static_cast<double>(out.channel(c)[n]) * out.channel(c)[n];
        if (to == places_[place] + window) next_ = place + 1;
    }
    heard_ = end;
}
template void StageWitness::hear(AudioView<const float>);
template void StageWitness::hear(AudioView<const double>);

TwinProof::TwinProof(StageWitness* witness) : witness_(witness), residual_(witness ? &witness->part() : nullptr) {}

bool TwinProof::due(Frames frames) {
    if (!witness_) return false;
    heard_ += frames;
    bool reached = false;
    for (; next_ < witness_->places().size() && witness_->places()[next_] < heard_; ++next_) reached = true;
    return reached;
}

void TwinProof::compare(const AudioQueue<double>& exact, const AudioQueue<float>& made, Frames from) {
    const Frames frames = std::min(exact.frames(), made.frames() - from);
    for (int c = 0; c < exact.channels(); ++c) {
        const double* const right = exact.view().channel(c);
        const float* const given = made.view().channel(c) + from;
        for (Frames n = 0; n < frames; ++n) residual_->add(static_cast<double>(given[n]) - right[n]);
    }
}

}  // namespace lathe
