// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/gain_apply.h"
#include "dsp/simd/isa.h"

namespace lathe {

// Plain loops, which the compiler vectorises for the instruction set of the file they are instantiated in.
template <class Arch, class Sample>
void ApplyGain::operator()(Arch, const Sample* gain, const Sample* in, Sample* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = gain[i] * in[i];
}

template <class Arch, class Sample>
void AddWithGain::operator()(Arch, const Sample* gain, const Sample* in, const Sample* before, Sample* out,
                             std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = before[i] + gain[i] * in[i];
}

}  // namespace lathe
