// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/peak_envelope.h"

#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {

template <class Sample>
void PeakEnvelope<Sample>::push(AudioView<const Sample> in) {
    grid_.push(in, [this](AudioView<const Sample> whole) { measure(whole); });
}

template <class Sample>
void PeakEnvelope<Sample>::finish() {
    if (grid_.rest().frames == 0) return;
    AudioBuffer<Sample> last(grid_.rest().channels, cell);
    copy_audio(grid_.rest(), last.view().slice(0, grid_.rest().frames));
    measure(last.view());
}

template <class Sample>
void PeakEnvelope<Sample>::measure(AudioView<const Sample> in) {
    const auto n = static_cast<std::size_t>(cell);
    run_kernel<LargestMagnitude>(in.data, static_cast<std::ptrdiff_t>(in.stride), in.channels, Sample(0),
                                 largest_.data(), n);
    peaks_.push_back(static_cast<float>(run_kernel<Largest>(static_cast<const Sample*>(largest_.data()), n)));
}

template class PeakEnvelope<float>;
template class PeakEnvelope<double>;

}  // namespace lathe
