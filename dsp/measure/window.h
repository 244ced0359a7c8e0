// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace lathe {

enum class SpectrumWindow { hann, hamming, blackman, blackman_harris, flat_top, rectangular };
inline constexpr std::array<std::string_view, 6> spectrum_windows{
    "hann", "hamming", "blackman", "blackman-harris", "flat-top", "rectangular"};

/// A periodic window of that many samples, scaled to a sum of 2: a sine's bin then holds its amplitude.
/// Sums of cosines. Coefficients: F. J. Harris, On the use of windows for harmonic analysis with the DFT, Proc. IEEE
/// 66 (1978); the flat top: HFT95 of G. Heinzel, A. Rüdiger, R. Schilling, Spectrum and spectral density estimation by
/// the DFT (2002), D.3, which reads a sine between two bins 0.004 dB low at most.
std::vector<double> window_values(SpectrumWindow window, std::size_t size);

/// Its equivalent noise bandwidth in bins: N Σ w² / (Σ w)².
double noise_bandwidth_bins(SpectrumWindow window);

}  // namespace lathe
