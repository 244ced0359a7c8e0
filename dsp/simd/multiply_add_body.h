// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <type_traits>

#include "dsp/simd/isa.h"

namespace lathe::detail {

/// a · b + c, rounded once where the instruction set can. (xsimd 8 has no such operation for AVX-512 and would round
/// twice.)
template <class T, class Arch>
xsimd::batch<T, Arch> multiply_add(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                                   const xsimd::batch<T, Arch>& c) {
#ifdef __AVX512F__
    if constexpr (std::is_same_v<Arch, Avx512>) {
        if constexpr (std::is_same_v<T, double>)
            return _mm512_fmadd_pd(a, b, c);
        else
            return _mm512_fmadd_ps(a, b, c);
    }
#endif
    return xsimd::fma(a, b, c);
}

/// c − a · b, the same way.
template <class T, class Arch>
xsimd::batch<T, Arch> multiply_subtract_from(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                                             const xsimd::batch<T, Arch>& c) {
#ifdef __AVX512F__
    if constexpr (std::is_same_v<Arch, Avx512>) {
        if constexpr (std::is_same_v<T, double>)
            return _mm512_fnmadd_pd(a, b, c);
        else
            return _mm512_fnmadd_ps(a, b, c);
    }
#endif
    return xsimd::fnma(a, b, c);
}

}  // namespace lathe::detail
