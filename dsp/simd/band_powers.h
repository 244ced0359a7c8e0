// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lathe {

/// Short stretches of audio through windows of many lengths at once: each is transformed as it is, and a window's bin
/// at any frequency is a weighted sum of a few bins of that transform (J. C. Brown and M. S. Puckette, An efficient
/// algorithm for the calculation of a constant Q transform, JASA 92, 1992).
inline constexpr std::size_t band_points = 256;    ///< of the transform
inline constexpr std::size_t band_stretches = 16;  ///< worked on together, as lanes

struct BandRow {
    std::uint32_t first_bin, bins;  ///< that it is summed from; first_bin + bins <= band_points / 2 + 1
    std::uint32_t weights;          ///< where its weights begin
};

/// Everything that the kernels read besides audio.
struct BandTables {
    const float* powers;             ///< small_powers(band_points)
    const std::uint32_t* positions;  ///< [band_points]: small_position of each frequency
    const BandRow* rows;
    std::size_t row_count;
    const float*
        weights;  ///< a bin's weight; for BandMoments three, of the window, t · window, the window's derivative
};

/// Sixteen stretches as they lie: sample n of stretch l is at ((first + n) mod phases) · stride + (first + n) / phases
/// + l. phases: a power of two. imaginary: a second channel, or null. tile: 2 · 16 · band_points samples for work, on a
/// 64-byte boundary.
struct BandAudio {
    const float *real, *imaginary;
    std::size_t phases, stride, first;
    float* tile;
};

/// power[row][stretch] += |window's bin|², of both channels.
struct BandPowers {
    template <class Arch>
    void operator()(Arch, const BandTables* tables, const BandAudio* audio, float* power);
};

/// The same, and with it the moments that reassignment takes: += Re(T conj(X)) and += −Im(D conj(X)), T, D: the bins of
/// t · window and of the window's derivative.
struct BandMoments {
    template <class Arch>
    void operator()(Arch, const BandTables* tables, const BandAudio* audio, float* power, float* time,
                    float* frequency);
};

/// Lays stretches out as BandAudio wants them: out[phase · stride + k] = in[k · phases + phase], k < filled. phases: a
/// multiple of 32.
struct LayOutStretches {
    template <class Arch>
    void operator()(Arch, const float* in, std::size_t phases, std::size_t filled, float* out, std::size_t stride);
};

/// out[m] = in[2m] / 2 + Σ taps[i] · (in[2m − 2i − 1] + in[2m + 2i + 1]), i < count. count: a multiple of 4, at
/// most 32.
struct HalfBand {
    template <class Arch>
    void operator()(Arch, const float* in, const float* taps, std::size_t count, float* out, std::size_t n);
};

}  // namespace lathe
