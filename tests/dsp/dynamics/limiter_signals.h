// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/core/decibel.h"
#include "dsp/measure/true_peak.h"
#include "tests/support/signals.h"

/// Signals that are hard on a limiter, all far above −1 dBTP, two channels.
namespace lathe::test {

template <class Sample>
double true_peak_db(const AudioBuffer<Sample>& audio) {
    SerialWorkers workers;
    TruePeakMeter<Sample> meter(audio.channels(), workers);
    meter.push(audio.view());
    meter.finish();
    return db_from_gain(meter.true_peak().value);
}

/// Noise like music whose level swells and falls, with peaks around full scale.
inline AudioBuffer<double> swelling_noise(Frames frames) {
    AudioBuffer<double> audio = pink_noise(0.25, frames, 2, 3);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < frames; ++n)
            audio.channel(c)[n] *= 0.55 + 0.45 * std::sin(static_cast<double>(n) / 1700 + c);
    return audio;
}

inline constexpr const char* hot_signal_names[] = {"driven music",       "white noise", "clipped noise", "square",
                                                   "fs/4 at 45 degrees", "spikes",      "fs/2 bursts"};
inline constexpr int hot_signals = 7;

inline AudioBuffer<double> hot_signal(int kind, Frames frames) {
    AudioBuffer<double> audio = kind == 0 ? swelling_noise(frames) : noise(0.5, frames, 2);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < frames; ++n) {
            double& x = audio.channel(c)[n];
            switch (kind) {
                case 0:
                    x *= 4;
                    break;
                case 2:
                    x = std::clamp(8 * x, -1.0, 1.0);
                    break;
                case 3:
                    x = (n / (37 + 3 * c)) % 2 == 0 ? 1.5 : -1.5;
                    break;
                case 4:
                    x = 1.9 * std::sin(std::numbers::pi / 2 * static_cast<double>(n) + std::numbers::pi / 4);
                    break;
                case 5:
                    x = n % 997 == 500 ? (n % 2 == 0 ? 3 : -2) : 0.1 * x;
                    break;
                case 6:
                    x = n % 3000 < 400 ? (n % 2 == 0 ? 1.2 : -1.2) : 0.2 * x;
                    break;
                default:
                    break;
            }
        }
    return audio;
}

}  // namespace lathe::test
