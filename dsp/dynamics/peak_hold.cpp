// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_hold.h"

#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {

template <class Sample>
PeakHold<Sample>::PeakHold(Frames window, Frames block) : block_(block) {
    Frames covered = 1;
    do {
        const Frames rest = window - covered, last = std::min(3 * covered, rest);
        steps_.push_back(
            {{std::min(covered, rest), std::min(2 * covered, rest), last}, BlockMemory<Sample>(block, last)});
        covered += last;
    } while (covered < window);
}

template <class Sample>
void PeakHold<Sample>::run(Sample* out) {
    for (std::size_t k = 0; k < steps_.size(); ++k) {
        Step& step = steps_[k];
        const Sample* now = step.values.block();
        Sample* to = k + 1 < steps_.size() ? steps_[k + 1].values.block() : out;
        run_kernel<LargestOfFour>(now, static_cast<std::ptrdiff_t>(step.back[0]),
                                  static_cast<std::ptrdiff_t>(step.back[1]), static_cast<std::ptrdiff_t>(step.back[2]),
                                  to, static_cast<std::size_t>(block_));
        step.values.advance();
    }
}

template class PeakHold<float>;
template class PeakHold<double>;

}  // namespace lathe
