// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"
#include "dsp/simd/multiply_add_body.h"

namespace lathe {
namespace detail {
template <class Batch>
double lane_sum(const Batch& batch) {
    alignas(64) double lanes[Batch::size];
    batch.store_aligned(lanes);
    double sum = 0;
    for (double lane : lanes) sum += lane;
    return sum;
}

// Channels are taken together so that one's recursion runs in the other's waiting time.
template <class Arch, int Channels>
void state_space_blocks(const double* matrix, const double* in, std::ptrdiff_t in_stride, double* out,
                        std::ptrdiff_t out_stride, double* state, std::size_t blocks) {
    using Batch = xsimd::batch<double, Arch>;
    constexpr int lanes = Batch::size, outputs = 8 / lanes, states = (4 + lanes - 1) / lanes, parts = outputs + states;
    alignas(64) double s[Channels][8] = {};
    for (int c = 0; c < Channels; ++c)
        for (int k = 0; k < 4; ++k) s[c][k] = state[4 * c + k];
    for (std::size_t b = 0; b < blocks; ++b) {
        Batch sum[Channels][parts];
        for (int c = 0; c < Channels; ++c)
            for (int p = 0; p < parts; ++p) sum[c][p] = Batch(0.0);
        for (int k = 0; k < 12; ++k)
            for (int c = 0; c < Channels; ++c) {
                const Batch value(k < 8 ? in[c * in_stride + static_cast<std::ptrdiff_t>(8 * b) + k] : s[c][k - 8]);
                for (int p = 0; p < parts; ++p)
                    sum[c][p] =
                        detail::multiply_add(value, Batch::load_aligned(matrix + 16 * k + lanes * p), sum[c][p]);
            }
        for (int c = 0; c < Channels; ++c) {
            double* y = out + c * out_stride + static_cast<std::ptrdiff_t>(8 * b);
            for (int p = 0; p < outputs; ++p) sum[c][p].store_unaligned(y + lanes * p);
            for (int p = 0; p < states; ++p) sum[c][outputs + p].store_aligned(s[c] + lanes * p);
        }
    }
    for (int c = 0; c < Channels; ++c)
        for (int k = 0; k < 4; ++k) state[4 * c + k] = s[c][k];
}
}  // namespace detail

template <class Arch>
void WidenSamples::operator()(Arch, const float* in, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = in[i];
}

template <class Arch>
double DotProduct::operator()(Arch, const double* a, const double* b, std::size_t n) {
    using Batch = xsimd::batch<double, Arch>;
    constexpr std::size_t lanes = Batch::size, accumulators = 4;
    Batch sum[accumulators];
    for (Batch& s : sum) s = Batch(0.0);
    std::size_t i = 0;
    for (; i + accumulators * lanes <= n; i += accumulators * lanes)
        for (std::size_t k = 0; k < accumulators; ++k)
            sum[k] = detail::multiply_add(Batch::load_unaligned(a + i + k * lanes),
                                          Batch::load_unaligned(b + i + k * lanes), sum[k]);
    double total = detail::lane_sum((sum[0] + sum[1]) + (sum[2] + sum[3]));
    for (; i < n; ++i) total += a[i] * b[i];
    return total;
}

template <class Arch, class Sample>
double DotBackwards::operator()(Arch arch, const double* a, const Sample* b, std::size_t n) {
    constexpr std::size_t stretch = 512;
    alignas(64) double turned[stretch];
    double total = 0;
    for (std::size_t from = 0; from < n; from += stretch) {
        const std::size_t count = n - from < stretch ? n - from : stretch;
        const Sample* const last = b - from;
        for (std::size_t i = 0; i < count; ++i) turned[i] = last[-static_cast<std::ptrdiff_t>(i)];
        total += DotProduct{}(arch, a + from, turned, count);
    }
    return total;
}

template <class Arch>
SumPeak MeasureSumPeak::operator()(Arch, const double* x, std::size_t n) {
    using Batch = xsimd::batch<double, Arch>;
    constexpr std::size_t lanes = Batch::size;
    Batch sum(0.0), peak(0.0);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const Batch value = Batch::load_unaligned(x + i);
        sum = sum + value;
        peak = xsimd::max(peak, xsimd::abs(value));
    }
    SumPeak result{detail::lane_sum(sum), 0};
    alignas(64) double peaks[lanes];
    peak.store_aligned(peaks);
    for (double p : peaks) result.peak = p > result.peak ? p : result.peak;
    for (; i < n; ++i) {
        const double magnitude = x[i] < 0 ? -x[i] : x[i];
        result.sum += x[i];
        result.peak = magnitude > result.peak ? magnitude : result.peak;
    }
    return result;
}

template <class Arch>
Extremes MeasureExtremes::operator()(Arch, const double* x, std::size_t n) {
    using Batch = xsimd::batch<double, Arch>;
    constexpr std::size_t lanes = Batch::size;
    Batch low(x[0]), high(x[0]);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const Batch value = Batch::load_unaligned(x + i);
        low = xsimd::min(low, value);
        high = xsimd::max(high, value);
    }
    alignas(64) double lows[lanes], highs[lanes];
    low.store_aligned(lows);
    high.store_aligned(highs);
    Extremes result{x[0], x[0]};
    for (double value : lows) result.low = value < result.low ? value : result.low;
    for (double value : highs) result.high = value > result.high ? value : result.high;
    for (; i < n; ++i) {
        result.low = x[i] < result.low ? x[i] : result.low;
        result.high = x[i] > result.high ? x[i] : result.high;
    }
    return result;
}

template <class Arch>
void StateSpaceBlocks::operator()(Arch, const double* matrix, const double* in, std::ptrdiff_t in_stride, double* out,
                                  std::ptrdiff_t out_stride, double* state, int channels, std::size_t blocks) {
    int c = 0;
    for (; c + 2 <= channels; c += 2)
        detail::state_space_blocks<Arch, 2>(matrix, in + c * in_stride, in_stride, out + c * out_stride, out_stride,
                                            state + 4 * c, blocks);
    if (c < channels)
        detail::state_space_blocks<Arch, 1>(matrix, in + c * in_stride, in_stride, out + c * out_stride, out_stride,
                                            state + 4 * c, blocks);
}

}  // namespace lathe
