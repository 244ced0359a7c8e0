// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/multiply_add_body.h"
#include "dsp/simd/true_peak.h"

namespace lathe {
namespace detail {

// The largest lane, by halving: the compiler keeps the halves in registers.
template <class Arch, class Sample>
Sample largest_lane(xsimd::batch<Sample, Arch> v) {
    constexpr std::size_t lanes = xsimd::batch<Sample, Arch>::size;
    alignas(64) Sample lane[lanes];
    v.store_aligned(lane);
    for (std::size_t half = lanes / 2; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i) lane[i] = lane[i] < lane[i + half] ? lane[i + half] : lane[i];
    return lane[0];
}

template <class Arch, class Sample>
void true_peak_levels(const Sample* x, std::size_t granules, Sample* peak, Sample* step) {
    using Batch = xsimd::batch<Sample, Arch>;
    for (std::size_t g = 0; g < granules; ++g, x += true_peak_granule) {
        Batch largest(Sample(0)), steepest(Sample(0));
        for (std::size_t i = 0; i < true_peak_granule; i += Batch::size) {
            const Batch here = Batch::load_unaligned(x + i), next = Batch::load_unaligned(x + i + 1);
            largest = xsimd::max(largest, xsimd::abs(here));
            steepest = xsimd::max(steepest, xsimd::abs(next - here));
        }
        peak[g] = largest_lane<Arch>(largest);
        step[g] = largest_lane<Arch>(steepest);
    }
}

// y[n] = Σ_k taps[k] x[n + k − 31] for the cell's frames, for one phase or two at once: eight sums in flight either
// way.
template <class Arch, int Phases, class Sample>
void true_peak_phases_of_cell(const Sample* x, const Sample* const (&taps)[Phases], Sample* const (&y)[Phases]) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size, at_once = 4, parts = 2 / Phases;
    for (std::size_t n = 0; n < true_peak_cell; n += at_once * lanes) {
        Batch sum[Phases][parts][at_once];
        for (auto& phase : sum)
            for (auto& part : phase)
                for (auto& s : part) s = Batch(Sample(0));
        const Sample* const window = x + n - (true_peak_taps / 2 - 1);
        for (std::size_t k = 0; k < true_peak_taps; k += parts)
            for (std::size_t part = 0; part < parts; ++part)
                for (std::size_t v = 0; v < at_once; ++v) {
                    const Batch in = Batch::load_unaligned(window + k + part + v * lanes);
                    for (int p = 0; p < Phases; ++p)
                        sum[p][part][v] = multiply_add(in, Batch(taps[p][k + part]), sum[p][part][v]);
                }
        for (int p = 0; p < Phases; ++p)
            for (std::size_t v = 0; v < at_once; ++v) {
                const Batch whole = parts == 2 ? sum[p][0][v] + sum[p][parts - 1][v] : sum[p][0][v];
                whole.store_unaligned(y[p] + n + v * lanes);
            }
    }
}

template <class Arch, class Sample>
Sample true_peak_one(const Sample* x, const Sample* taps) {
    using Batch = xsimd::batch<Sample, Arch>;
    Batch sum(Sample(0));
    for (std::size_t k = 0; k < true_peak_taps; k += Batch::size)
        sum =
            multiply_add(Batch::load_unaligned(x + k - (true_peak_taps / 2 - 1)), Batch::load_unaligned(taps + k), sum);
    alignas(64) Sample lane[Batch::size];
    sum.store_aligned(lane);
    for (std::size_t half = Batch::size / 2; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i) lane[i] += lane[i + half];
    return lane[0];
}

// Between neighbours a and b of an even grid, cubic interpolation stays within max(|a|, |b|) + 1/8 max(|δ²a|, |δ²b|):
// the weights of the second differences δ² add up to t (1 − t) / 2.
template <class Batch>
Batch cubic_bound(Batch a, Batch b, Batch bend_a, Batch bend_b) {
    using Sample = typename Batch::value_type;
    return multiply_add(Batch(Sample(0.125)), xsimd::max(bend_a, bend_b), xsimd::max(xsimd::abs(a), xsimd::abs(b)));
}
template <class Batch>
Batch bend(Batch before, Batch here, Batch after) {
    return xsimd::abs((before + after) - (here + here));
}

template <class Arch, class Sample>
Sample true_peak_bounds(const Sample* x, const Sample* taps, Sample half_remainder, Sample quarter_remainder,
                        Sample threshold, Sample* at_least, Sample* at_most) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr int cell = true_peak_cell, count = true_peak_taps;
    const Sample* const first_taps = taps;
    const Sample* const half_taps = taps + count;
    const Sample* const last_taps = taps + 2 * count;
    alignas(64) Sample first[cell + 16], half[cell + 32], last[cell + 32];  // first[n], half[n + 16], last[n + 16]

    true_peak_phases_of_cell<Arch, 1, Sample>(x, {half_taps}, {half + 16});
    half[15] = true_peak_one<Arch>(x - 1, half_taps);
    half[16 + cell] = true_peak_one<Arch>(x + cell, half_taps);
    Batch most(Sample(0));
    for (int n = 0; n < cell; n += static_cast<int>(Batch::size)) {
        const Batch h0 = Batch::load_unaligned(half + n + 15), h1 = Batch::load_unaligned(half + n + 16),
                    h2 = Batch::load_unaligned(half + n + 17), x0 = Batch::load_unaligned(x + n),
                    x1 = Batch::load_unaligned(x + n + 1);
        const Batch b0 = bend(h0, x0, h1), b1 = bend(x0, h1, x1), b2 = bend(h1, x1, h2);
        most = xsimd::max(most, xsimd::max(cubic_bound(x0, h1, b0, b1), cubic_bound(h1, x1, b1, b2)));
    }
    const Sample coarse = largest_lane<Arch>(most) + half_remainder;
    if (coarse < threshold) return coarse;

    true_peak_phases_of_cell<Arch, 2, Sample>(x, {first_taps, last_taps}, {first, last + 16});
    last[15] = true_peak_one<Arch>(x - 1, last_taps);
    first[cell] = true_peak_one<Arch>(x + cell, first_taps);
    most = Batch(Sample(0));
    for (int n = 0; n < cell; n += static_cast<int>(Batch::size)) {
        const Batch before = Batch::load_unaligned(last + n + 15), x0 = Batch::load_unaligned(x + n),
                    q1 = Batch::load_unaligned(first + n), q2 = Batch::load_unaligned(half + n + 16),
                    q3 = Batch::load_unaligned(last + n + 16), x1 = Batch::load_unaligned(x + n + 1),
                    behind = Batch::load_unaligned(first + n + 1);
        const Batch b0 = bend(before, x0, q1), b1 = bend(x0, q1, q2), b2 = bend(q1, q2, q3), b3 = bend(q2, q3, x1),
                    b4 = bend(q3, x1, behind);
        const Batch bound = xsimd::max(xsimd::max(cubic_bound(x0, q1, b0, b1), cubic_bound(q1, q2, b1, b2)),
                                       xsimd::max(cubic_bound(q2, q3, b2, b3), cubic_bound(q3, x1, b3, b4))) +
                            Batch(quarter_remainder);
        bound.store_unaligned(at_most + n);
        xsimd::max(xsimd::max(xsimd::abs(x0), xsimd::abs(q1)), xsimd::max(xsimd::abs(q2), xsimd::abs(q3)))
            .store_unaligned(at_least + n);
        most = xsimd::max(most, bound);
    }
    return largest_lane<Arch>(most);
}

template <class Arch, class Sample>
Sample true_peak_fine(const Sample* x, const Sample* taps) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size, phases = true_peak_phases;
    constexpr std::size_t group = phases / lanes < 4 ? phases / lanes : 4;  // vectors of phases summed at once
    const Sample* const window = x - (true_peak_taps / 2 - 1);
    Batch largest(Sample(0));
    for (std::size_t p = 0; p < phases; p += group * lanes) {
        Batch even[group], odd[group];
        for (std::size_t v = 0; v < group; ++v) even[v] = odd[v] = Batch(Sample(0));
        for (std::size_t k = 0; k < true_peak_taps; k += 2) {
            const Batch in0(window[k]), in1(window[k + 1]);
            const Sample* const row = taps + k * phases + p;
            for (std::size_t v = 0; v < group; ++v) {
                even[v] = multiply_add(in0, Batch::load_aligned(row + v * lanes), even[v]);
                odd[v] = multiply_add(in1, Batch::load_aligned(row + phases + v * lanes), odd[v]);
            }
        }
        for (std::size_t v = 0; v < group; ++v) largest = xsimd::max(largest, xsimd::abs(even[v] + odd[v]));
    }
    return largest_lane<Arch>(largest);
}
}  // namespace detail

template <class Arch>
void TruePeakLevels::operator()(Arch, const float* x, std::size_t granules, float* peak, float* step) {
    detail::true_peak_levels<Arch>(x, granules, peak, step);
}
template <class Arch>
void TruePeakLevels::operator()(Arch, const double* x, std::size_t granules, double* peak, double* step) {
    detail::true_peak_levels<Arch>(x, granules, peak, step);
}
template <class Arch>
float TruePeakBounds::operator()(Arch, const float* x, const float* taps, float half_remainder, float quarter_remainder,
                                 float threshold, float* at_least, float* at_most) {
    return detail::true_peak_bounds<Arch>(x, taps, half_remainder, quarter_remainder, threshold, at_least, at_most);
}
template <class Arch>
double TruePeakBounds::operator()(Arch, const double* x, const double* taps, double half_remainder,
                                  double quarter_remainder, double threshold, double* at_least, double* at_most) {
    return detail::true_peak_bounds<Arch>(x, taps, half_remainder, quarter_remainder, threshold, at_least, at_most);
}
template <class Arch>
float TruePeakFine::operator()(Arch, const float* x, const float* taps) {
    return detail::true_peak_fine<Arch>(x, taps);
}
template <class Arch>
double TruePeakFine::operator()(Arch, const double* x, const double* taps) {
    return detail::true_peak_fine<Arch>(x, taps);
}

}  // namespace lathe
