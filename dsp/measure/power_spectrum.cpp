// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/power_spectrum.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>

namespace lathe {

namespace {

/// out = window · (x + i y); y null: no such channel.
void interleave(const AlignedVector<float>& window, const float* x, const float* y, std::complex<float>* out) {
    for (std::size_t i = 0; i < window.size(); ++i) out[i] = {window[i] * x[i], y ? window[i] * y[i] : 0.0f};
}

void norms(const std::complex<float>* values, std::size_t count, float* out) {
    for (std::size_t i = 0; i < count; ++i)
        out[i] = values[i].real() * values[i].real() + values[i].imag() * values[i].imag();
}

}  // namespace

PowerSpectrum::PowerSpectrum(std::size_t size, SpectrumWindow window, std::size_t padding)
    : fft_(size * padding), window_(size) {
    const std::vector<double> values = window_values(window, size);
    std::copy(values.begin(), values.end(), window_.begin());
}

void PowerSpectrum::sum_of_channels(AudioView<const float> audio, Scratch& scratch, std::span<float> power,
                                    std::size_t first) const {
    const std::size_t n = fft_.size(), end = first + power.size();
    assert(end <= bins());
    scratch.time.resize(n);
    std::fill(scratch.time.begin() + static_cast<std::ptrdiff_t>(window_.size()), scratch.time.end(),
              std::complex<float>());
    scratch.bins.resize(n);
    scratch.norms.resize(2 * power.size());
    std::fill(power.begin(), power.end(), 0.0f);
    for (int c = 0; c < audio.channels; c += 2) {
        interleave(window_, audio.channel(c), c + 1 < audio.channels ? audio.channel(c + 1) : nullptr,
                   scratch.time.data());
        fft_.forward(scratch.time.data(), scratch.bins.data());
        // |X|² + |Y|² of two real channels is the mean of |X + iY|² at a frequency and at its negative, which lies at
        // bin n − k, and for k = 0 at 0 itself.
        float *const positive = scratch.norms.data(), *const negative = positive + power.size();
        norms(scratch.bins.data() + first, power.size(), positive);
        norms(scratch.bins.data() + (n - end + 1), power.size() - (first == 0), negative);
        if (first == 0) negative[power.size() - 1] = positive[0];
        for (std::size_t k = 0; k < power.size(); ++k)
            power[k] += 0.5f * (positive[k] + negative[power.size() - 1 - k]);
    }
}

void to_decibels(std::span<const float> power, std::span<float> db, float least) {
    // x = 2^e · m with m in [1, 2): log2 m by a polynomial through its Chebyshev nodes, error below 1e-4.
    constexpr float per_octave = 3.01029996f;
    for (std::size_t i = 0; i < power.size(); ++i) {
        const float x = power[i] > least ? power[i] : least;
        const auto bits = std::bit_cast<std::uint32_t>(x);
        const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
        const float m = std::bit_cast<float>((bits & 0x007FFFFFu) | 0x3F800000u);
        const float log2_m =
            -2.7879262f +
            m * (5.0478554f + m * (-3.4898786f + m * (1.5894743f + m * (-0.40251339f + m * 0.043004958f))));
        db[i] = per_octave * (exponent + log2_m);
    }
}

}  // namespace lathe
