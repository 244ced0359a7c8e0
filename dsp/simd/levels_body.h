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
void LargestOfFour::operator()(Arch, const Sample* x, std::ptrdiff_t first, std::ptrdiff_t second, std::ptrdiff_t third,
                               Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    const Sample *x1 = x - first, *x2 = x - second, *x3 = x - third;
    for (std::size_t i = 0; i < n; i += Batch::size) {
        const Batch newer = xsimd::max(Batch::load_unaligned(x + i), Batch::load_unaligned(x1 + i));
        const Batch older = xsimd::max(Batch::load_unaligned(x2 + i), Batch::load_unaligned(x3 + i));
        xsimd::max(newer, older).store_unaligned(out + i);
    }
}

template <class Arch, class Sample>
Sample Largest::operator()(Arch, const Sample* x, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    const Batch zero(Sample(0));
    Batch part[4] = {zero, zero, zero, zero};  // so that one needs not wait for another
    std::size_t i = 0;
    for (; i + 4 * Batch::size <= n; i += 4 * Batch::size)
        for (std::size_t k = 0; k < 4; ++k)
            part[k] = xsimd::max(Batch::load_unaligned(x + i + k * Batch::size), part[k]);
    for (; i + Batch::size <= n; i += Batch::size) part[0] = xsimd::max(Batch::load_unaligned(x + i), part[0]);
    const Batch largest = xsimd::max(xsimd::max(part[0], part[1]), xsimd::max(part[2], part[3]));
    alignas(64) Sample lanes[Batch::size];
    largest.store_aligned(lanes);
    Sample result = 0;
    for (Sample lane : lanes) result = lane > result ? lane : result;
    for (; i < n; ++i) result = x[i] > result ? x[i] : result;
    return result;
}

}  // namespace lathe
