// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lathe {

/// What the quantiser of one channel does to a sample x at frame n: y = round(x · 2^(bits − 1) + dither · (u1 + u2)),
/// clipped to the integers of that depth. u1 and u2, each uniform in ±0.5, are the halves of
/// CounterRandom(seed).bits(n).
struct QuantiseSettings {
    int bits;
    double dither;  ///< 1: TPDF of ±1 LSB; 0: none
    std::uint64_t seed;
};

/// out[i] = y, left-justified in 32 bits, for the frames first … first + n − 1 of one channel. Returns how many were
/// clipped.
struct QuantiseSamples {
    template <class Arch>
    std::int64_t operator()(Arch, QuantiseSettings settings, std::uint64_t first, const float* in, std::int32_t* out,
                            std::size_t n);
    template <class Arch>
    std::int64_t operator()(Arch, QuantiseSettings settings, std::uint64_t first, const double* in, std::int32_t* out,
                            std::size_t n);
};

}  // namespace lathe
