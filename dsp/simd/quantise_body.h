// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "dsp/simd/isa.h"
#include "dsp/simd/quantise.h"

namespace lathe {
namespace detail {
// CounterRandom's mixer (dsp/core/random.h) once more: an inline function of that header must not get this file's
// instruction set.
template <class Arch>
std::uint64_t split_mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

// A plain loop, which the compiler vectorises for the instruction set of the file it is instantiated in.
template <class Arch, class Sample>
std::int64_t quantise_samples(QuantiseSettings settings, std::uint64_t first, const Sample* in, std::int32_t* out,
                              std::size_t n) {
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ull;
    const std::uint64_t key = split_mix<Arch>(settings.seed + golden);
    const double scale = static_cast<double>(std::int64_t{1} << (settings.bits - 1));
    const double lowest = -scale, highest = scale - 1, dither = settings.dither * 0x1p-32;
    const int shift = 32 - settings.bits;
    std::uint64_t place = key + (first + 1) * golden;
    std::int64_t clipped = 0;
    for (std::size_t i = 0; i < n; ++i, place += golden) {
        const std::uint64_t bits = split_mix<Arch>(place);
        const double u1 = static_cast<std::int32_t>(bits >> 32), u2 = static_cast<std::int32_t>(bits);
        const double rounded = __builtin_rint(static_cast<double>(in[i]) * scale + dither * (u1 + u2 + 1));
        const double above = rounded < highest ? rounded : highest;
        const double within = above > lowest ? above : lowest;
        clipped += within != rounded;
        out[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int32_t>(within)) << shift);
    }
    return clipped;
}
}  // namespace detail

template <class Arch>
std::int64_t QuantiseSamples::operator()(Arch, QuantiseSettings settings, std::uint64_t first, const float* in,
                                         std::int32_t* out, std::size_t n) {
    return detail::quantise_samples<Arch>(settings, first, in, out, n);
}
template <class Arch>
std::int64_t QuantiseSamples::operator()(Arch, QuantiseSettings settings, std::uint64_t first, const double* in,
                                         std::int32_t* out, std::size_t n) {
    return detail::quantise_samples<Arch>(settings, first, in, out, n);
}

}  // namespace lathe
