// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/band_powers.h"
#include "dsp/simd/lane_fft_body.h"

namespace lathe {
namespace detail {

/// The transforms of as many stretches, from stretch `lane` on, as there are lanes, into the tile.
template <class C>
void transform_stretches(const BandTables& tables, const BandAudio& audio, std::size_t lane) {
    using Batch = typename C::Batch;
    const Tile<C, float> tile{audio.tile};
    const std::size_t mask = audio.phases - 1;
    const auto shift = static_cast<std::size_t>(__builtin_ctzll(audio.phases));
    const auto at = [&](std::size_t n) {
        const std::size_t sample = audio.first + n;
        return (sample & mask) * audio.stride + (sample >> shift) + lane;
    };
    if (audio.imaginary)
        small_forward<C>(
            band_points, tables.powers, tile,
            [&](std::size_t n) {
                const std::size_t i = at(n);
                return C{Batch::load_unaligned(audio.real + i), Batch::load_unaligned(audio.imaginary + i)};
            },
            tile);
    else
        small_forward<C>(
            band_points, tables.powers, tile,
            [&](std::size_t n) {
                return C{Batch::load_unaligned(audio.real + at(n)), Batch(0.0f)};
            },
            tile);
}

/// x + weight · y.
template <class C>
C plus_weighted(const C& x, const typename C::Batch& weight, const C& y) {
    return {multiply_add(weight, y.re, x.re), multiply_add(weight, y.im, x.im)};
}

template <class Batch>
void add_to(float* sum, const Batch& x) {
    (Batch::load_unaligned(sum) + x).store_unaligned(sum);
}

/// Re(a conj(b)) and Im(a conj(b)).
template <class C>
typename C::Batch real_product(const C& a, const C& b) {
    return multiply_add(a.im, b.im, a.re * b.re);
}
template <class C>
typename C::Batch imaginary_product(const C& a, const C& b) {
    return multiply_subtract_from(a.re, b.im, a.im * b.re);
}

}  // namespace detail

// Of two real channels x + i y the powers |X|² + |Y|² are the mean of those at a frequency and at its negative.
template <class Arch>
void BandPowers::operator()(Arch, const BandTables* tables, const BandAudio* audio, float* power) {
    using C = detail::LaneComplex<float, Arch>;
    using Batch = typename C::Batch;
    const Batch half(0.5f), zero(0.0f);
    for (std::size_t lane = 0; lane < band_stretches; lane += C::lanes) {
        detail::transform_stretches<C>(*tables, *audio, lane);
        const auto bin = [&](std::size_t k) { return C::load(audio->tile + tables->positions[k] * C::samples); };
        for (std::size_t r = 0; r < tables->row_count; ++r) {
            const BandRow row = tables->rows[r];
            const float* const weights = tables->weights + row.weights;
            C above{zero, zero}, below{zero, zero};
            if (audio->imaginary) {
                for (std::size_t i = 0; i < row.bins; ++i) {
                    const Batch weight(weights[i]);
                    const std::size_t k = row.first_bin + i;
                    above = detail::plus_weighted(above, weight, bin(k));
                    below = detail::plus_weighted(below, weight, bin((band_points - k) % band_points));
                }
                detail::add_to(power + r * band_stretches + lane,
                               half * (detail::real_product(above, above) + detail::real_product(below, below)));
            } else {
                for (std::size_t i = 0; i < row.bins; ++i)
                    above = detail::plus_weighted(above, Batch(weights[i]), bin(row.first_bin + i));
                detail::add_to(power + r * band_stretches + lane, detail::real_product(above, above));
            }
        }
    }
}

// T and D are i times the sums of their weights at a frequency; T is −i times it at the negative one, and D too, which
// turns forwards there.
template <class Arch>
void BandMoments::operator()(Arch, const BandTables* tables, const BandAudio* audio, float* power, float* time,
                             float* frequency) {
    using C = detail::LaneComplex<float, Arch>;
    using Batch = typename C::Batch;
    const Batch half(0.5f), zero(0.0f);
    const C nothing{zero, zero};
    for (std::size_t lane = 0; lane < band_stretches; lane += C::lanes) {
        detail::transform_stretches<C>(*tables, *audio, lane);
        const auto bin = [&](std::size_t k) { return C::load(audio->tile + tables->positions[k] * C::samples); };
        for (std::size_t r = 0; r < tables->row_count; ++r) {
            const BandRow row = tables->rows[r];
            const float* weight = tables->weights + row.weights;
            C x_above = nothing, t_above = nothing, d_above = nothing;
            C x_below = nothing, t_below = nothing, d_below = nothing;
            for (std::size_t i = 0; i < row.bins; ++i, weight += 3) {
                const std::size_t k = row.first_bin + i;
                const C above = bin(k), below = bin((band_points - k) % band_points);
                x_above = detail::plus_weighted(x_above, Batch(weight[0]), above);
                t_above = detail::plus_weighted(t_above, Batch(weight[1]), above);
                d_above = detail::plus_weighted(d_above, Batch(weight[2]), above);
                x_below = detail::plus_weighted(x_below, Batch(weight[0]), below);
                t_below = detail::plus_weighted(t_below, Batch(weight[1]), below);
                d_below = detail::plus_weighted(d_below, Batch(weight[2]), below);
            }
            const std::size_t at = r * band_stretches + lane;
            detail::add_to(power + at,
                           half * (detail::real_product(x_above, x_above) + detail::real_product(x_below, x_below)));
            detail::add_to(time + at, half * (detail::imaginary_product(t_below, x_below) -
                                              detail::imaginary_product(t_above, x_above)));
            detail::add_to(frequency + at, zero - half * (detail::real_product(d_above, x_above) +
                                                          detail::real_product(d_below, x_below)));
        }
    }
}

template <class Arch>
void LayOutStretches::operator()(Arch, const float* in, std::size_t phases, std::size_t filled, float* out,
                                 std::size_t stride) {
    using Batch = xsimd::batch<float, Arch>;
    constexpr std::size_t lanes = Batch::size;
    std::size_t k = 0;
    for (; k + lanes <= filled; k += lanes)
        for (std::size_t phase = 0; phase < phases; phase += lanes) {
            Batch square[lanes];
            for (std::size_t l = 0; l < lanes; ++l) square[l] = Batch::load_unaligned(in + (k + l) * phases + phase);
            detail::transpose(square);
            for (std::size_t l = 0; l < lanes; ++l) square[l].store_unaligned(out + (phase + l) * stride + k);
        }
    for (; k < filled; ++k)
        for (std::size_t phase = 0; phase < phases; ++phase) out[phase * stride + k] = in[k * phases + phase];
}

// Plain loops, which the compiler vectorises for the instruction set of the file they are instantiated in.
template <class Arch>
void HalfBand::operator()(Arch, const float* in, const float* taps, std::size_t count, float* out, std::size_t n) {
    constexpr std::size_t at_once = 512, most = 32;
    alignas(64) float odd[at_once + 2 * most], sum[at_once];
    for (std::size_t from = 0; from < n; from += at_once) {
        const std::size_t stretch = n - from < at_once ? n - from : at_once;
        const float* const even = in + 2 * from;
        const float* const first_odd = even - 2 * count + 1;
        for (std::size_t i = 0; i < stretch + 2 * count - 1; ++i) odd[i] = first_odd[2 * i];
        for (std::size_t i = 0; i < stretch; ++i) sum[i] = 0.5f * even[2 * i];
        for (std::size_t k = 0; k < count; k += 4) {
            const float *const before = odd + count - 4 - k, *const after = odd + count + k;
            const float t0 = taps[k], t1 = taps[k + 1], t2 = taps[k + 2], t3 = taps[k + 3];
            for (std::size_t i = 0; i < stretch; ++i)
                sum[i] += (t0 * (before[i + 3] + after[i]) + t1 * (before[i + 2] + after[i + 1])) +
                          (t2 * (before[i + 1] + after[i + 2]) + t3 * (before[i] + after[i + 3]));
        }
        for (std::size_t i = 0; i < stretch; ++i) out[from + i] = sum[i];
    }
}

}  // namespace lathe
