// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

// Complex numbers as two arrays: the real parts at p, the imaginary parts `imaginary` samples further on. Every array
// starts on a 64-byte boundary and n is a multiple of 32.

/// sum[k] += Σ_i a[i][k] · b[i][k], k = from … from + n − 1, over `count` pairs of arrays. The pairs are summed first,
/// then added to sum, so many short calls err less than one long one.
struct ComplexMultiplyAdd {
    template <class Arch>
    void operator()(Arch, const float* const* a, const float* const* b, std::size_t count, float* sum,
                    std::size_t imaginary, std::size_t from, std::size_t n);
    template <class Arch>
    void operator()(Arch, const double* const* a, const double* const* b, std::size_t count, double* sum,
                    std::size_t imaginary, std::size_t from, std::size_t n);
};

/// The spectrum of x + i y, real part first, taken apart into those of the real signals x and y: bins 0 … n − 1 from
/// the 2 n + 1 values of `both`, whose last repeats its first. Bin n is the caller's.
struct SplitPairSpectrum {
    template <class Arch>
    void operator()(Arch, const float* both, float* x, float* y, std::size_t imaginary, std::size_t n);
    template <class Arch>
    void operator()(Arch, const double* both, double* x, double* y, std::size_t imaginary, std::size_t n);
};

/// The way back: values 0 … n − 1 and n + 1 … 2 n of `both` from bins 0 … n − 1 of x and y; value n is the caller's.
struct JoinPairSpectrum {
    template <class Arch>
    void operator()(Arch, const float* x, const float* y, float* both, std::size_t imaginary, std::size_t n);
    template <class Arch>
    void operator()(Arch, const double* x, const double* y, double* both, std::size_t imaginary, std::size_t n);
};

}  // namespace lathe
