// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/reduction.h"

namespace lathe {

// Sixteen steps are one step of the same form, so frames n, n + 16, n + 32, … follow each other in sixteen rows at
// once; what the sixteen come to, max of pole^k · in[i − k], is found from fours of the input, and fours of those.
template <class Arch, class Sample>
void ReductionFall::operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry) {
    using Batch = xsimd::batch<Sample, Arch>;
    using Wide = xsimd::batch<double, Arch>;
    constexpr std::size_t row = 16, chunk = 256, lanes = Batch::size, parts = row / Wide::size;
    double power[row + 1] = {1};
    for (std::size_t k = 1; k <= row; ++k) power[k] = power[k - 1] * pole > 1e-30 ? power[k - 1] * pole : 0;
    const auto fallen = [&](std::size_t k) { return Batch(static_cast<Sample>(power[k])); };
    const Batch fall1 = fallen(1), fall2 = fallen(2), fall4 = fallen(4), fall8 = fallen(8);
    const auto largest_of_four = [](const Sample* x, std::size_t k, const Batch& by_one, const Batch& by_two) {
        const auto ago = [&](std::size_t frames) { return Batch::load_unaligned(x - frames); };
        const Batch newer = xsimd::max(ago(0), by_one * ago(k)), older = xsimd::max(ago(2 * k), by_one * ago(3 * k));
        return xsimd::max(newer, by_two * older);
    };
    const Wide fall_row(power[row]), least(1e-9), zero(0.0);
    Wide y[parts];
    for (std::size_t p = 0; p < parts; ++p) y[p] = Wide::load_unaligned(carry + p * Wide::size);

    alignas(64) Sample four[row + chunk];
    alignas(64) double reached[chunk];
    for (std::size_t start = 0; start < n; start += chunk) {
        const std::size_t count = n - start < chunk ? n - start : chunk;
        for (std::size_t i = 0; i < row + count; i += lanes)
            largest_of_four(in + start + i - row, 1, fall1, fall2).store_aligned(four + i);
        for (std::size_t i = 0; i < count; i += lanes)
            largest_of_four(four + row + i, 4, fall4, fall8).store_unaligned(out + start + i);
        for (std::size_t i = 0; i < count; ++i) reached[i] = out[start + i];
        for (std::size_t i = 0; i < count; i += row)
            for (std::size_t p = 0; p < parts; ++p) {
                double* const now = reached + i + p * Wide::size;
                y[p] = xsimd::max(fall_row * y[p], Wide::load_aligned(now));
                y[p] = xsimd::select(y[p] < least, zero, y[p]);
                y[p].store_aligned(now);
            }
        for (std::size_t i = 0; i < count; ++i) out[start + i] = static_cast<Sample>(reached[i]);
    }
    for (std::size_t p = 0; p < parts; ++p) y[p].store_unaligned(carry + p * Wide::size);
}

template <class Arch, class Sample>
void ReductionBoxes::operator()(Arch, BoxLengths boxes, const Sample* in, std::uint64_t* sums, std::uint64_t* thrice,
                                Sample* out, std::size_t n) {
    constexpr std::size_t chunk = 256;
    alignas(64) std::int32_t units[chunk];
    std::uint64_t once = sums[0], twice = sums[1], three_times = sums[2];
    for (std::size_t start = 0; start < n; start += chunk) {
        const std::size_t count = n - start < chunk ? n - start : chunk;
        for (std::size_t i = 0; i < count; ++i) units[i] = static_cast<std::int32_t>(in[start + i] * Sample(1 << 24));
        for (std::size_t i = 0; i < count; ++i) {
            once += static_cast<std::uint64_t>(units[i]);
            twice += once;
            three_times += twice;
            thrice[start + i] = three_times;
        }
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
