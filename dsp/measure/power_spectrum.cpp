// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/power_spectrum.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace lathe {

PowerSpectrum::PowerSpectrum(std::size_t size, SpectrumWindow window, std::size_t padding)
    : fft_(size * padding), window_(size) {
    const std::vector<double> values = window_values(window, size);
    std::copy(values.begin(), values.end(), window_.begin());
}

void PowerSpectrum::sum_of_channels(AudioView<const float> audio, Scratch& scratch, std::span<float> power) const {
    const std::size_t n = fft_.size();
    scratch.time.resize(n);
    std::fill(scratch.time.begin() + static_cast<std::ptrdiff_t>(window_.size()), scratch.time.end(),
              std::complex<float>());
    scratch.bins.resize(n);
    std::fill(power.begin(), power.end(), 0.0f);
    for (int c = 0; c < audio.channels; c += 2) {
        const float* const x = audio.channel(c);
        const float* const y = c + 1 < audio.channels ? audio.channel(c + 1) : nullptr;
        for (std::size_t i = 0; i < window_.size(); ++i)
            scratch.time[i] = {window_[i] * x[i], y ? window_[i] * y[i] : 0.0f};
        fft_.forward(scratch.time.data(), scratch.bins.data());
        // |X|² + |Y|² of two real channels is the mean of |X + iY|² at a frequency and at its negative.
        for (std::size_t k = 0; k <= n / 2; ++k)
            power[k] += 0.5f * (std::norm(scratch.bins[k]) + std::norm(scratch.bins[(n - k) % n]));
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
