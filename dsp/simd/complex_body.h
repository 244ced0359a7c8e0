// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/complex.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace detail {

template <class Arch, class Sample>
void complex_multiply_add(const Sample* const* a, const Sample* const* b, std::size_t count, Sample* sum,
                          std::size_t imaginary, std::size_t from, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    constexpr std::size_t lanes = Batch::size,
                          together = 2;  // eight sums in flight hide the latency of the multiply-add
    for (std::size_t k = from; k < from + n; k += lanes * together) {
        Batch rr[together], ii[together], ri[together], ir[together];
        for (std::size_t t = 0; t < together; ++t) rr[t] = ii[t] = ri[t] = ir[t] = Batch(Sample(0));
        for (std::size_t i = 0; i < count; ++i) {
            const Sample *at = a[i] + k, *bt = b[i] + k;
            for (std::size_t t = 0; t < together; ++t, at += lanes, bt += lanes) {
                const Batch ar = Batch::load_aligned(at), ai = Batch::load_aligned(at + imaginary);
                const Batch br = Batch::load_aligned(bt), bi = Batch::load_aligned(bt + imaginary);
                rr[t] = xsimd::fma(ar, br, rr[t]);
                ii[t] = xsimd::fma(ai, bi, ii[t]);
                ri[t] = xsimd::fma(ar, bi, ri[t]);
                ir[t] = xsimd::fma(ai, br, ir[t]);
            }
        }
        Sample* place = sum + k;
        for (std::size_t t = 0; t < together; ++t, place += lanes) {
            (Batch::load_aligned(place) + (rr[t] - ii[t])).store_aligned(place);
            (Batch::load_aligned(place + imaginary) + (ri[t] + ir[t])).store_aligned(place + imaginary);
        }
    }
}

// Sixteen bins and their mirror images at a time, in loops of fixed length that the compiler vectorises.
template <class Arch, class Sample>
void split_pair_spectrum(const Sample* both, Sample* x, Sample* y, std::size_t imaginary, std::size_t n) {
    constexpr std::size_t tile = 16;
    for (std::size_t k = 0; k < n; k += tile) {
        const Sample* up = both + 2 * k;
        const Sample* down = both + 2 * (2 * n - k - tile + 1);
        Sample ur[tile], ui[tile], dr[tile], di[tile];
        for (std::size_t j = 0; j < tile; ++j) ur[j] = up[2 * j], ui[j] = up[2 * j + 1];
        for (std::size_t j = 0; j < tile; ++j) dr[j] = down[2 * j], di[j] = down[2 * j + 1];
        for (std::size_t j = 0; j < tile; ++j) {
            const std::size_t m = tile - 1 - j;
            x[k + j] = Sample(0.5) * (ur[j] + dr[m]);
            x[imaginary + k + j] = Sample(0.5) * (ui[j] - di[m]);
            y[k + j] = Sample(0.5) * (ui[j] + di[m]);
            y[imaginary + k + j] = Sample(0.5) * (dr[m] - ur[j]);
        }
    }
}

template <class Arch, class Sample>
void join_pair_spectrum(const Sample* x, const Sample* y, Sample* both, std::size_t imaginary, std::size_t n) {
    constexpr std::size_t tile = 16;
    for (std::size_t k = 0; k < n; k += tile) {
        Sample* up = both + 2 * k;
        Sample* down = both + 2 * (2 * n - k - tile + 1);
        Sample ur[tile], ui[tile], dr[tile], di[tile];
        for (std::size_t j = 0; j < tile; ++j) {
            const Sample xr = x[k + j], xi = x[imaginary + k + j], yr = y[k + j], yi = y[imaginary + k + j];
            ur[j] = xr - yi, ui[j] = xi + yr;
            dr[tile - 1 - j] = xr + yi, di[tile - 1 - j] = yr - xi;
        }
        for (std::size_t j = 0; j < tile; ++j) up[2 * j] = ur[j], up[2 * j + 1] = ui[j];
        for (std::size_t j = 0; j < tile; ++j) down[2 * j] = dr[j], down[2 * j + 1] = di[j];
    }
}

}  // namespace detail

template <class Arch>
void ComplexMultiplyAdd::operator()(Arch, const float* const* a, const float* const* b, std::size_t count, float* sum,
                                    std::size_t imaginary, std::size_t from, std::size_t n) {
    detail::complex_multiply_add<Arch>(a, b, count, sum, imaginary, from, n);
}
template <class Arch>
void ComplexMultiplyAdd::operator()(Arch, const double* const* a, const double* const* b, std::size_t count,
                                    double* sum, std::size_t imaginary, std::size_t from, std::size_t n) {
    detail::complex_multiply_add<Arch>(a, b, count, sum, imaginary, from, n);
}

template <class Arch>
void SplitPairSpectrum::operator()(Arch, const float* both, float* x, float* y, std::size_t imaginary, std::size_t n) {
    detail::split_pair_spectrum<Arch>(both, x, y, imaginary, n);
}
template <class Arch>
void SplitPairSpectrum::operator()(Arch, const double* both, double* x, double* y, std::size_t imaginary,
                                   std::size_t n) {
    detail::split_pair_spectrum<Arch>(both, x, y, imaginary, n);
}

template <class Arch>
void JoinPairSpectrum::operator()(Arch, const float* x, const float* y, float* both, std::size_t imaginary,
                                  std::size_t n) {
    detail::join_pair_spectrum<Arch>(x, y, both, imaginary, n);
}
template <class Arch>
void JoinPairSpectrum::operator()(Arch, const double* x, const double* y, double* both, std::size_t imaginary,
                                  std::size_t n) {
    detail::join_pair_spectrum<Arch>(x, y, both, imaginary, n);
}

}  // namespace lathe
