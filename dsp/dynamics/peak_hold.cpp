// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_hold.h"

#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {

template <class Sample>
PeakHold<Sample>::PeakHold(Frames window, Frames block) : block_(block) {
    Frames covered = 1;
    do {
        const Frames back = std::min(covered, window - covered);
        steps_.push_back({back, BlockMemory<Sample>(block, back)});
        covered += back;
    } while (covered < window);
}

template <class Sample>
void PeakHold<Sample>::run(Sample* out) {
    for (std::size_t k = 0; k < steps_.size(); ++k) {
        Step& step = steps_[k];
        const Sample* now = step.values.block();
        Sample* to = k + 1 < steps_.size() ? steps_[k + 1].values.block() : out;
        run_kernel<LargerOf>(now, now - step.back, to, static_cast<std::size_t>(block_));
        step.values.advance();
    }
}

template class PeakHold<float>;
template class PeakHold<double>;

}  // namespace lathe
