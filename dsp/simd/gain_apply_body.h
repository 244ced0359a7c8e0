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

template <class Arch, class Sample>
void AddScaled::operator()(Arch, const Sample* const* ins, const double* gains, std::size_t count, Sample* out,
                           std::size_t n) {
    constexpr std::size_t at_once = 256;
    double sum[at_once];
    for (std::size_t from = 0; from < n; from += at_once) {
        const std::size_t stretch = n - from < at_once ? n - from : at_once;
        for (std::size_t i = 0; i < stretch; ++i) sum[i] = static_cast<double>(out[from + i]);
        for (std::size_t k = 0; k < count; ++k)
            for (std::size_t i = 0; i < stretch; ++i) sum[i] += gains[k] * static_cast<double>(ins[k][from + i]);
        for (std::size_t i = 0; i < stretch; ++i) out[from + i] = static_cast<Sample>(sum[i]);
    }
}

}  // namespace lathe
