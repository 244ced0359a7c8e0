// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/multiply_add_body.h"
#include "dsp/simd/transpose_body.h"
#include "dsp/simd/true_peak.h"

namespace lathe {
namespace detail {

// One value of all lanes, halving their number each time.
template <class Arch, std::size_t Half, class Sample, class Join>
[[gnu::always_inline]] inline Sample folded(Sample* lane, Join join) {
    for (std::size_t i = 0; i < Half; ++i) lane[i] = join(lane[i], lane[i + Half]);
    if constexpr (Half > 1) return folded<Arch, Half / 2>(lane, join);
    return lane[0];
}
template <class Arch, class Sample>
[[gnu::always_inline]] inline Sample largest_lane(const xsimd::batch<Sample, Arch>& v) {
    alignas(64) Sample lane[xsimd::batch<Sample, Arch>::size];
    v.store_aligned(lane);
    return folded<Arch, xsimd::batch<Sample, Arch>::size / 2>(lane, [](Sample a, Sample b) { return a < b ? b : a; });
}

// Of as many vectors as one has lanes, the largest lane of each.
template <class Batch>
Batch largest_of_each(Batch (&vectors)[Batch::size]) {
    constexpr auto lanes = std::make_index_sequence<Batch::size>();
    for (std::size_t half = Batch::size / 2; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i)
            vectors[i] = xsimd::max(interleave<false>(vectors[i], vectors[i + half], lanes),
                                    interleave<true>(vectors[i], vectors[i + half], lanes));
    return vectors[0];
}

template <class Arch, class Sample>
void true_peak_levels(const Sample* x, std::size_t granules, Sample* peak, Sample* step) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size;
    for (std::size_t g = 0; g < granules; g += lanes) {
        const std::size_t count = granules - g < lanes ? granules - g : lanes;
        Batch largest[lanes], steepest[lanes];
        for (std::size_t k = 0; k < lanes; ++k) largest[k] = steepest[k] = Batch(Sample(0));
        for (std::size_t k = 0; k < count; ++k, x += true_peak_granule)
            for (std::size_t i = 0; i < true_peak_granule; i += lanes) {
                const Batch here = Batch::load_unaligned(x + i), next = Batch::load_unaligned(x + i + 1);
                largest[k] = xsimd::max(largest[k], xsimd::abs(here));
                steepest[k] = xsimd::max(steepest[k], xsimd::abs(next - here));
            }
        alignas(64) Sample peaks[lanes], steps[lanes];
        largest_of_each(largest).store_aligned(peaks);
        largest_of_each(steepest).store_aligned(steps);
        for (std::size_t k = 0; k < count; ++k) {
            peak[g + k] = peaks[k];
            step[g + k] = steps[k];
        }
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
    return folded<Arch, Batch::size / 2>(lane, [](Sample a, Sample b) { return a + b; });
}

// Between neighbours a and b of an even grid, at a + t (b − a), Everett's interpolation adds to the straight line at
// most t (1 − t) / 2 of the larger second difference, here `bend`. That line falls from its larger end by |b − a| in
// all, so together they rise above that end by no more than bend / 8 − |b − a| / 4, if at all.
template <class Batch>
Batch cubic_bound(const Batch& a, const Batch& b, const Batch& bend_a, const Batch& bend_b) {
    using Sample = typename Batch::value_type;
    const Batch bend = xsimd::max(xsimd::abs(bend_a), xsimd::abs(bend_b));
    const Batch rise = multiply_add(bend, Batch(Sample(0.125)), Batch(Sample(-0.25)) * xsimd::abs(b - a));
    return xsimd::max(xsimd::abs(a), xsimd::abs(b)) + xsimd::max(rise, Batch(Sample(0)));
}
template <class Batch>
Batch second_difference(const Batch& before, const Batch& here, const Batch& after) {
    return (before + after) - (here + here);
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
        const Batch b0 = second_difference(h0, x0, h1), b1 = second_difference(x0, h1, x1),
                    b2 = second_difference(h1, x1, h2);
        most = xsimd::max(most, xsimd::max(cubic_bound(x0, h1, b0, b1), cubic_bound(h1, x1, b1, b2)));
    }
    const Sample coarse = largest_lane<Arch>(most) + half_remainder;
    if (coarse < threshold) return coarse;

    true_peak_phases_of_cell<Arch, 2, Sample>(x, {first_taps, last_taps}, {first, last + 16});
    last[15] = true_peak_one<Arch>(x - 1, last_taps);
    first[cell] = true_peak_one<Arch>(x + cell, first_taps);
    most = Batch(Sample(0));
    // The fourth differences add at most 3/128 of the largest.
    for (int n = 0; n < cell; n += static_cast<int>(Batch::size)) {
        const auto at = [n](const Sample* values, int offset) { return Batch::load_unaligned(values + n + offset); };
        const Batch p[] = {at(half, 15), at(last, 15), at(x, 0),     at(first, 0), at(half, 16),
                           at(last, 16), at(x, 1),     at(first, 1), at(half, 17)};
        Batch bend[7], bound(Sample(0)), fourth(Sample(0));
        for (int i = 0; i < 7; ++i) bend[i] = second_difference(p[i], p[i + 1], p[i + 2]);
        for (int i = 0; i < 4; ++i)
            bound = xsimd::max(bound, cubic_bound(p[i + 2], p[i + 3], bend[i + 1], bend[i + 2]));
        for (int i = 0; i < 5; ++i)
            fourth = xsimd::max(fourth, xsimd::abs(second_difference(bend[i], bend[i + 1], bend[i + 2])));
        bound = multiply_add(fourth, Batch(Sample(0.0234375)), bound + Batch(quarter_remainder));
        bound.store_unaligned(at_most + n);
        xsimd::max(xsimd::max(xsimd::abs(p[2]), xsimd::abs(p[3])), xsimd::max(xsimd::abs(p[4]), xsimd::abs(p[5])))
            .store_unaligned(at_least + n);
        most = xsimd::max(most, bound);
    }
    return largest_lane<Arch>(most);
}

template <class Arch, class Sample>
Sample true_peak_fine(const Sample* x, const Sample* taps) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size, phases = true_peak_phases;
    constexpr std::size_t group = phases / lanes < 4 ? phases / lanes : 4;  // vectors of phases side by side
    constexpr std::size_t parts = 8 / group;                                // sums each, so that eight are in flight
    const Sample* const window = x - (true_peak_taps / 2 - 1);
    Batch largest(Sample(0));
    for (std::size_t p = 0; p < phases; p += group * lanes) {
        Batch sum[parts][group];
        for (auto& part : sum)
            for (auto& s : part) s = Batch(Sample(0));
        for (std::size_t k = 0; k < true_peak_taps; k += parts)
            for (std::size_t part = 0; part < parts; ++part) {
                const Batch in(window[k + part]);
                const Sample* const row = taps + (k + part) * phases + p;
                for (std::size_t v = 0; v < group; ++v)
                    sum[part][v] = multiply_add(in, Batch::load_aligned(row + v * lanes), sum[part][v]);
            }
        for (std::size_t v = 0; v < group; ++v) {
            Batch whole = sum[0][v];
            for (std::size_t part = 1; part < parts; ++part) whole = whole + sum[part][v];
            largest = xsimd::max(largest, xsimd::abs(whole));
        }
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
