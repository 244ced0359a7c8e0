// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/complex.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace detail {
// The plain loop, which the compiler vectorises for the instruction set of the file it is instantiated in.
template <class Arch, class Sample>
void complex_multiply_add(const Sample* a, const Sample* b, Sample* sum, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const Sample ar = a[2 * i], ai = a[2 * i + 1], br = b[2 * i], bi = b[2 * i + 1];
        sum[2 * i] += ar * br - ai * bi;
        sum[2 * i + 1] += ar * bi + ai * br;
    }
}
}  // namespace detail

template <class Arch>
void ComplexMultiplyAdd::operator()(Arch, const float* a, const float* b, float* sum, std::size_t n) {
    detail::complex_multiply_add<Arch>(a, b, sum, n);
}
template <class Arch>
void ComplexMultiplyAdd::operator()(Arch, const double* a, const double* b, double* sum, std::size_t n) {
    detail::complex_multiply_add<Arch>(a, b, sum, n);
}

}  // namespace lathe
