// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/reduction.h"

namespace lathe {

// Sixteen steps are one step of the same form, so frames n, n + 16, n + 32, … follow each other in sixteen rows at
// once; what the sixteen come to, max of pole^k · in[i − k], is found by doubling.
template <class Arch, class Sample>
void ReductionFall::operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t row = 16, chunk = 256, lanes = Batch::size;
    double power[row + 1] = {1};
    for (std::size_t k = 1; k <= row; ++k) power[k] = power[k - 1] * pole > 1e-30 ? power[k - 1] * pole : 0;
    alignas(64) Sample reached[2 * row + chunk];
    for (std::size_t k = 0; k < row; ++k) reached[k] = 0;
    for (std::size_t start = 0; start < n; start += chunk) {
        const std::size_t count = n - start < chunk ? n - start : chunk;
        for (std::size_t k = 0; k < row + count; ++k) reached[row + k] = in[start + k - row];
        for (std::size_t step = 1; step < row; step *= 2) {
            const Batch fall(static_cast<Sample>(power[step]));
            for (std::size_t i = 2 * row + count; i > row;) {
                i -= lanes;
                const Batch fallen = fall * Batch::load_unaligned(reached + i - step);
                xsimd::max(Batch::load_unaligned(reached + i), fallen).store_unaligned(reached + i);
            }
        }
        for (std::size_t i = 0; i < count; i += row)
            for (std::size_t k = 0; k < row; ++k) {
                const double fallen = power[row] * carry[k], now = reached[2 * row + i + k];
                const double y = fallen > now ? fallen : now;
                carry[k] = y < 1e-9 ? 0 : y;
                out[start + i + k] = static_cast<Sample>(carry[k]);
            }
    }
}

template <class Arch, class Sample>
void ReductionBoxes::operator()(Arch, BoxLengths boxes, const Sample* in, std::uint64_t* sums, std::uint64_t* thrice,
                                Sample* out, std::size_t n) {
    std::uint64_t once = sums[0], twice = sums[1], three_times = sums[2];
    for (std::size_t i = 0; i < n; ++i) {
        once += static_cast<std::uint64_t>(static_cast<std::int32_t>(in[i] * Sample(1 << 24)));
        twice += once;
        three_times += twice;
        thrice[i] = three_times;
    }
    sums[0] = once, sums[1] = twice, sums[2] = three_times;

    const std::uint64_t* const now = thrice;
    const std::uint64_t *const a = now - boxes.first, *const b = now - boxes.second, *const c = now - boxes.third;
    const std::uint64_t *const ab = a - boxes.second, *const ac = a - boxes.third, *const bc = b - boxes.third;
    const std::uint64_t* const abc = ab - boxes.third;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t sum = now[i] - a[i] - b[i] - c[i] + ab[i] + ac[i] + bc[i] - abc[i];
        out[i] = static_cast<Sample>(static_cast<double>(static_cast<std::int64_t>(sum)) * boxes.scale);
    }
}

template <class Arch, class Sample>
ReductionTotal ReductionAbove::operator()(Arch, const Sample* reduction, Sample least, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size;
    Batch sums(Sample(0)), counts(Sample(0));
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const Batch now = Batch::load_unaligned(reduction + i);
        const auto counted = now > Batch(least);
        sums = sums + xsimd::select(counted, now, Batch(Sample(0)));
        counts = counts + xsimd::select(counted, Batch(Sample(1)), Batch(Sample(0)));
    }
    alignas(64) Sample sum[lanes], count[lanes];
    sums.store_aligned(sum);
    counts.store_aligned(count);
    ReductionTotal total{0, 0};
    for (std::size_t k = 0; k < lanes; ++k) {
        total.sum += sum[k];
        total.count += count[k];
    }
    for (; i < n; ++i)
        if (reduction[i] > least) {
            total.sum += reduction[i];
            total.count += 1;
        }
    return total;
}

}  // namespace lathe
