// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {

// xsimd::max(a, b) is b where a is NaN: the sample goes first.
template <class Arch, class Sample>
void LargestMagnitude::operator()(Arch, const Sample* in, std::ptrdiff_t stride, int channels, Sample floor,
                                  Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    for (std::size_t i = 0; i < n; i += Batch::size) {
        Batch largest(floor);
        for (int c = 0; c < channels; ++c)
            largest = xsimd::max(xsimd::abs(Batch::load_unaligned(in + c * stride + i)), largest);
        largest.store_unaligned(out + i);
    }
}

template <class Arch, class Sample>
void FlooredSquare::operator()(Arch, const Sample* in, Sample floor, Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    for (std::size_t i = 0; i < n; i += Batch::size) {
        const Batch magnitude = xsimd::max(xsimd::abs(Batch::load_unaligned(in + i)), Batch(floor));
        (magnitude * magnitude).store_unaligned(out + i);
    }
}

template <class Arch, class Sample>
void LargerOf::operator()(Arch, const Sample* a, const Sample* b, Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    for (std::size_t i = 0; i < n; i += Batch::size)
        xsimd::max(Batch::load_unaligned(a + i), Batch::load_unaligned(b + i)).store_unaligned(out + i);
}

template <class Arch, class Sample>
Sample Largest::operator()(Arch, const Sample* x, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    Batch largest(Sample(0));
    std::size_t i = 0;
    for (; i + Batch::size <= n; i += Batch::size) largest = xsimd::max(Batch::load_unaligned(x + i), largest);
    alignas(64) Sample lanes[Batch::size];
    largest.store_aligned(lanes);
    Sample result = 0;
    for (Sample lane : lanes) result = lane > result ? lane : result;
    for (; i < n; ++i) result = x[i] > result ? x[i] : result;
    return result;
}

}  // namespace lathe
