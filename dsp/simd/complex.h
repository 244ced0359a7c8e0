// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// sum[i] += a[i] · b[i] for n complex numbers, each stored real part first: every array holds 2 n samples.
struct ComplexMultiplyAdd {
    template <class Arch>
    void operator()(Arch, const float* a, const float* b, float* sum, std::size_t n);
    template <class Arch>
    void operator()(Arch, const double* a, const double* b, double* sum, std::size_t n);
};

}  // namespace lathe
