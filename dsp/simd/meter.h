// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// out[i] = in[i], widened.
struct WidenSamples {
    template <class Arch>
    void operator()(Arch, const float* in, double* out, std::size_t n);
};

/// Σ a[i] · b[i].
struct DotProduct {
    template <class Arch>
    double operator()(Arch, const double* a, const double* b, std::size_t n);
};

/// Σ a[i] · b[−i]. b: the last of n samples.
struct DotBackwards {
    template <class Arch, class Sample>
    double operator()(Arch, const double* a, const Sample* b, std::size_t n);
};

struct SumPeak {
    double sum;
    double peak;  ///< largest magnitude
};
/// Σ x[i] and max |x[i]|.
struct MeasureSumPeak {
    template <class Arch>
    SumPeak operator()(Arch, const double* x, std::size_t n);
};

struct Extremes {
    double low, high;
};
/// The lowest and the highest x[i]; n at least 1.
struct MeasureExtremes {
    template <class Arch>
    Extremes operator()(Arch, const double* x, std::size_t n);
};

/// A linear recursion of four states, eight frames at a time: [y0 … y7, new s0 … s3] = matrix · [x0 … x7, s0 … s3].
/// matrix: 12 columns of 16 rows, the last 4 rows unused; on a 64-byte boundary. state: 4 a channel. in and out:
/// planar, strides in samples; out may be in.
struct StateSpaceBlocks {
    template <class Arch>
    void operator()(Arch, const double* matrix, const double* in, std::ptrdiff_t in_stride, double* out,
                    std::ptrdiff_t out_stride, double* state, int channels, std::size_t blocks);
};

}  // namespace lathe
