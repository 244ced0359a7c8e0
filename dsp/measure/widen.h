// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {

/// Copies a block into double, in which meters compute. Both views have one shape.
inline void widen(AudioView<const float> from, AudioView<double> to) {
    for (int c = 0; c < from.channels; ++c)
        run_kernel<WidenSamples>(from.channel(c), to.channel(c), static_cast<std::size_t>(from.frames));
}
inline void widen(AudioView<const double> from, AudioView<double> to) { copy_audio(from, to); }

}  // namespace lathe
