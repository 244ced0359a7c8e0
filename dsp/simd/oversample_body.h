// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/multiply_add_body.h"
#include "dsp/simd/oversample.h"

namespace lathe {

template <class Arch, class Sample>
void SymmetricSum::operator()(Arch, const Sample* taps, std::size_t tap_count, const Sample* before,
                              const Sample* after, Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size;
    for (std::size_t i = 0; i < n; i += 4 * lanes) {
        Batch sum[4] = {Batch(Sample(0)), Batch(Sample(0)), Batch(Sample(0)), Batch(Sample(0))};
        for (std::size_t k = 0; k < tap_count; ++k) {
            const Batch tap(taps[k]);
            for (std::size_t j = 0; j < 4; ++j)
                sum[j] = detail::multiply_add(tap,
                                              Batch::load_unaligned(after + i + k + j * lanes) +
                                                  Batch::load_unaligned(before + i - k + j * lanes),
                                              sum[j]);
        }
        for (std::size_t j = 0; j < 4; ++j) sum[j].store_unaligned(out + i + j * lanes);
    }
}

// Plain loops, which the compiler vectorises for the instruction set of the file they are instantiated in.
template <class Arch, class Sample>
void Interleave::operator()(Arch, const Sample* even, const Sample* odd, Sample* __restrict out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        out[2 * i] = even[i];
        out[2 * i + 1] = odd[i];
    }
}

template <class Arch, class Sample>
void TakeOdd::operator()(Arch, const Sample* in, Sample* __restrict out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = in[2 * i + 1];
}

template <class Arch, class Sample>
void AverageWithEven::operator()(Arch, const Sample* in, Sample* __restrict x, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) x[i] = Sample(0.5) * (x[i] + in[2 * i]);
}

template <class Arch, class Sample>
void SoftClipChange::operator()(Arch, Sample start, Sample knee, Sample* x, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    const Sample bend = knee > 0 ? 1 / (2 * knee) : 0;
    const Batch starts(start), knees(knee), bends(bend), zero(Sample(0));
    std::size_t i = 0;
    for (; i + Batch::size <= n; i += Batch::size) {
        const Batch in = Batch::load_unaligned(x + i);
        const Batch beyond = xsimd::max(xsimd::abs(in) - starts, zero), bent = xsimd::min(beyond, knees);
        const Batch change = bent * bent * bends + (beyond - bent);
        xsimd::select(in > zero, zero - change, change).store_unaligned(x + i);
    }
    for (; i < n; ++i) {
        const Sample size = x[i] < 0 ? -x[i] : x[i], over = size - start, beyond = over > 0 ? over : 0;
        const Sample bent = beyond < knee ? beyond : knee, change = bent * bent * bend + (beyond - bent);
        x[i] = x[i] > 0 ? 0 - change : change;
    }
}

template <class Arch, class Sample>
Sample LargestSize::operator()(Arch, const Sample* x, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    Batch largest(Sample(0));
    std::size_t i = 0;
    for (; i + Batch::size <= n; i += Batch::size)
        largest = xsimd::max(xsimd::abs(Batch::load_unaligned(x + i)), largest);
    alignas(64) Sample sizes[Batch::size];
    largest.store_aligned(sizes);
    Sample result = 0;
    for (const Sample size : sizes) result = size > result ? size : result;
    for (; i < n; ++i) {
        const Sample size = x[i] < 0 ? -x[i] : x[i];
        result = size > result ? size : result;
    }
    return result;
}

}  // namespace lathe
