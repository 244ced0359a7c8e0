// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "dsp/simd/multiply_add_body.h"

namespace lathe::detail {

template <class Batch>
Batch horner(const Batch&, typename Batch::value_type last) {
    return Batch(last);
}
/// c0 + x · (c1 + x · (…)).
template <class Batch, class... Rest>
Batch horner(const Batch& x, typename Batch::value_type c0, typename Batch::value_type c1, Rest... rest) {
    return multiply_add(horner(x, c1, rest...), x, Batch(c0));
}

/// Of a normal number above 0, within 3e-8 of itself before rounding: x = 2^e · (1 + f), 1 + f in [√½, √2); log2(1 + f)
/// is f times a minimax polynomial (Remez exchange), so that it is also good near 1.
template <class Arch>
xsimd::batch<float, Arch> fast_log2(const xsimd::batch<float, Arch>& x) {
    using Batch = xsimd::batch<float, Arch>;
    using Bits = xsimd::batch<std::int32_t, Arch>;
    const Bits root_half(0x3F3504F3), mantissa(0x007FFFFF), magic_bits(0x4B400000);
    const Batch magic(12582912.0f);  // 1.5 · 2^23: its low bits count in ones
    const Bits from_root = __builtin_bit_cast(Bits, x) - root_half;
    const Batch exponent = __builtin_bit_cast(Batch, (from_root >> 23) + magic_bits) - magic;
    const Batch f = __builtin_bit_cast(Batch, (from_root & mantissa) + root_half) - Batch(1.0f);
    return multiply_add(f,
                        horner(f, 1.44269500365f, -0.721347346801f, 0.480910642929f, -0.360703682914f, 0.287916248777f,
                               -0.238944820166f, 0.21571559893f, -0.207269749646f, 0.125837039621f),
                        exponent);
}

/// Within 1e-7 of itself for |x| <= 120, and held there beyond; exactly 1 at 0.
template <class Arch>
xsimd::batch<float, Arch> fast_exp2(const xsimd::batch<float, Arch>& x) {
    using Batch = xsimd::batch<float, Arch>;
    using Bits = xsimd::batch<std::int32_t, Arch>;
    const Batch magic(12582912.0f);
    const Batch held = xsimd::min(xsimd::max(x, Batch(-120.0f)), Batch(120.0f));
    const Batch shifted = held + magic;  // rounds to the nearest whole number
    const Batch f = held - (shifted - magic);
    const Batch power = horner(f, 1.0f, 0.693147188029f, 0.240226510842f, 0.0555035710552f, 0.0096180307706f,
                               0.00133908668452f, 0.000154697351878f);
    return __builtin_bit_cast(Batch, __builtin_bit_cast(Bits, power) + (__builtin_bit_cast(Bits, shifted) << 23));
}

/// The same in double, to a few ulp: log2(1 + f) = 2 / ln 2 · atanh(f / (2 + f)), by its series.
template <class Arch>
xsimd::batch<double, Arch> fast_log2(const xsimd::batch<double, Arch>& x) {
    using Batch = xsimd::batch<double, Arch>;
    using Bits = xsimd::batch<std::uint64_t, Arch>;
    const Bits root_half(0x3FE6A09E667F3BCDull), mantissa(0x000FFFFFFFFFFFFFull), offset(1024ull << 52),
        magic_bits(0x4330000000000000ull);
    const Batch magic(4503599627370496.0 + 1024);  // 2^52: its low bits count in ones
    const Bits from_root = __builtin_bit_cast(Bits, x) - root_half;
    const Batch exponent = __builtin_bit_cast(Batch, ((from_root + offset) >> 52) + magic_bits) - magic;
    const Batch f = __builtin_bit_cast(Batch, (from_root & mantissa) + root_half) - Batch(1.0);
    const Batch s = f / (f + Batch(2.0));
    const Batch series = horner(s * s, 1.0, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17,
                                1.0 / 19, 1.0 / 21);
    return multiply_add(s * Batch(2 * 1.4426950408889634074), series, exponent);
}

/// The same in double, to a few ulp, held at |x| = 1000: e^(f ln 2) by its series.
template <class Arch>
xsimd::batch<double, Arch> fast_exp2(const xsimd::batch<double, Arch>& x) {
    using Batch = xsimd::batch<double, Arch>;
    using Bits = xsimd::batch<std::uint64_t, Arch>;
    const Batch magic(6755399441055744.0);  // 1.5 · 2^52
    const Batch held = xsimd::min(xsimd::max(x, Batch(-1000.0)), Batch(1000.0));
    const Batch shifted = held + magic;
    const Batch t = (held - (shifted - magic)) * Batch(0.69314718055994530942);
    const Batch power = horner(t, 1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320,
                               1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
    return __builtin_bit_cast(Batch, __builtin_bit_cast(Bits, power) + (__builtin_bit_cast(Bits, shifted) << 52));
}

}  // namespace lathe::detail
