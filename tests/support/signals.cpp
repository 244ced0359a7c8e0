// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace lathe::test {

AudioBuffer<double> sine(double hz, double amplitude, double rate, Frames frames, int channels, double phase) {
    AudioBuffer<double> audio(channels, frames);
    for (Frames n = 0; n < frames; ++n) {
        const double cycles = std::fmod(hz * static_cast<double>(n) / rate, 1.0);
        const double x = amplitude * std::sin(2 * std::numbers::pi * cycles + phase);
        for (int c = 0; c < channels; ++c) audio.channel(c)[n] = x;
    }
    return audio;
}

AudioBuffer<double> noise(double rms, Frames frames, int channels, unsigned seed) {
    AudioBuffer<double> audio(channels, frames);
    std::mt19937 random(seed);
    std::normal_distribution<double> gauss(0, rms);
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < frames; ++n) audio.channel(c)[n] = gauss(random);
    return audio;
}

AudioBuffer<double> pink_noise(double rms, Frames frames, int channels, unsigned seed) {
    // A sum of one-pole low-passes an octave and a half apart, each weighted by the root of its corner: -3 dB/octave
    // within 0.5 dB.
    AudioBuffer<double> audio = noise(1, frames, channels, seed);
    for (int c = 0; c < channels; ++c) {
        double state[8] = {}, power = 0;
        double* x = audio.channel(c);
        for (Frames n = 0; n < frames; ++n) {
            double sum = 0;
            for (int k = 0; k < 8; ++k) {
                const double a = 0.8 * std::pow(2.0, -1.5 * k);
                state[k] += a * (x[n] - state[k]);
                sum += state[k] / std::sqrt(a);
            }
            x[n] = sum;
            power += sum * sum;
        }
        const double scale = rms / std::sqrt(power / static_cast<double>(frames));
        for (Frames n = 0; n < frames; ++n) x[n] *= scale;
    }
    return audio;
}

double rms_db(AudioView<const double> audio) {
    double power = 0;
    for (int c = 0; c < audio.channels; ++c)
        for (Frames n = 0; n < audio.frames; ++n) power += audio.channel(c)[n] * audio.channel(c)[n];
    return 10 * std::log10(power / static_cast<double>(audio.frames * audio.channels));
}

double residual_dbfs(const AudioBuffer<double>& a, const AudioBuffer<double>& b) {
    if (a.channels() != b.channels() || a.frames() != b.frames()) return std::numeric_limits<double>::quiet_NaN();
    AudioBuffer<double> difference(a.channels(), a.frames());
    for (int c = 0; c < a.channels(); ++c)
        for (Frames n = 0; n < a.frames(); ++n) difference.channel(c)[n] = a.channel(c)[n] - b.channel(c)[n];
    return rms_db(difference.view());
}

double residual_db(const AudioBuffer<double>& reference, const AudioBuffer<double>& b) {
    return residual_dbfs(reference, b) - rms_db(reference.view());
}

}  // namespace lathe::test
