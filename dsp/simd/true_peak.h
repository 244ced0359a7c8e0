// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// The kernels of the contract's true-peak meter work on cells of 64 frames; their levels are had per granule of 32.
inline constexpr int true_peak_cell = 64;
inline constexpr int true_peak_granule = 32;
inline constexpr int true_peak_taps = 64;
inline constexpr int true_peak_phases = 32;

/// Of each of `granules` times 32 frames: peak = largest |x[n]|, step = largest |x[n + 1] − x[n]|. Reads one sample
/// more.
struct TruePeakLevels {
    template <class Arch>
    void operator()(Arch, const float* x, std::size_t granules, float* peak, float* step);
    template <class Arch>
    void operator()(Arch, const double* x, std::size_t granules, double* peak, double* step);
};

/// Bounds of the reconstruction's magnitude in the cell's 64 intervals [n, n + 1), from its values at quarters of a
/// frame. Reads x[−32] … x[96]. taps: [3][64], of the phases 8, 16 and 24 of 32. half_remainder and quarter_remainder:
/// what the finer phases may add to cubic interpolation between halves and to quintic between quarters, times the local
/// sample peak. Returns an upper bound over the cell; where that is at or above the threshold, at_least[n] and
/// at_most[n] are written.
struct TruePeakBounds {
    template <class Arch>
    float operator()(Arch, const float* x, const float* taps, float half_remainder, float quarter_remainder,
                     float threshold, float* at_least, float* at_most);
    template <class Arch>
    double operator()(Arch, const double* x, const double* taps, double half_remainder, double quarter_remainder,
                      double threshold, double* at_least, double* at_most);
};

/// The largest magnitude of the reconstruction at the 32 phases of [n, n + 1), x pointing to frame n.
/// Reads x[−31] … x[32]. taps: [64][32], taps[k][p] multiplies x[k − 31] for phase p.
struct TruePeakFine {
    template <class Arch>
    float operator()(Arch, const float* x, const float* taps);
    template <class Arch>
    double operator()(Arch, const double* x, const double* taps);
};

}  // namespace lathe
