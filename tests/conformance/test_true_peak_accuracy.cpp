// SPDX-License-Identifier: GPL-3.0-or-later
// The contract's true-peak meter against peaks known in closed form, and against Fourier interpolation in double.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "dsp/core/decibel.h"
#include "tests/conformance/music.h"
#include "tests/conformance/reconstruction.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
constexpr double pi = std::numbers::pi;

AudioBuffer<double> excerpt(const AudioBuffer<double>& audio, Frames first, Frames frames) {
    AudioBuffer<double> part(audio.channels(), frames);
    copy_audio<double>(audio.view().slice(first, frames), part.view());
    return part;
}
double error_db(const AudioBuffer<double>& audio, double peak) {
    return std::abs(db_from_gain(test::metered_true_peak(audio) / peak));
}
}  // namespace

TEST_CASE("true peak: a sine of any phase up to 20 kHz at 44.1 kHz reads its amplitude within 0.02 dB",
          "[conformance]") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> uniform(0, 1);
    double worst = 0;
    for (int i = 0; i < 300; ++i) {
        const double hz = i < 20 ? 20000 : 20 * std::pow(1000.0, uniform(random));
        AudioBuffer<double> audio = test::sine(hz, 0.7, 44100, 12000, 1, 2 * pi * uniform(random));
        test::ease(audio, 3000);
        worst = std::max(worst, error_db(audio, 0.7));
    }
    CHECK(worst <
          test::record("True peak", "sines up to 20 kHz at 44.1 kHz, any phase", "their amplitude", 0.02, worst, "dB"));
}

TEST_CASE(
    "true peak: tones up to 20 kHz at 44.1 kHz that meet at one instant between the samples read the sum of their "
    "amplitudes within 0.02 dB",
    "[conformance]") {
    std::mt19937 random(6);
    std::uniform_real_distribution<double> uniform(0, 1);
    double worst = 0;
    for (int i = 0; i < 300; ++i) {
        AudioBuffer<double> audio(1, 8001);
        const double instant = 4000 + uniform(random);
        double sum = 0;
        for (int tone = 0; tone < 6; ++tone) {
            const double hz = tone == 0 ? 20000 : 50 + 19950 * uniform(random),
                         amplitude = 0.05 + 0.1 * uniform(random);
            sum += amplitude;
            for (Frames n = 0; n < audio.frames(); ++n)
                audio.channel(0)[n] += amplitude * std::cos(2 * pi * hz / 44100 * (static_cast<double>(n) - instant));
        }
        test::ease(audio, 3000);
        worst = std::max(worst, error_db(audio, sum));
    }
    CHECK(worst < test::record("True peak", "six tones up to 20 kHz at 44.1 kHz that meet between samples",
                               "the sum of their amplitudes", 0.02, worst, "dB"));
}

TEST_CASE("true peak: noise limited to 20 kHz at 44.1 kHz reads its Fourier interpolation within 0.02 dB",
          "[conformance]") {
    double worst = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const auto audio = test::low_passed(test::noise(0.1, 50000, 1, seed), 20000 / 44100.0);
        worst = std::max(worst, error_db(audio, test::fourier_peak(audio)));
    }
    CHECK(worst < test::record("True peak", "noise limited to 20 kHz at 44.1 kHz", "64x Fourier interpolation", 0.02,
                               worst, "dB"));
}

TEST_CASE(
    "true peak: a song reads its Fourier interpolation within 0.02 dB if limited to 20 kHz, as a converter limits "
    "it, and within 0.2 dB with hi-hats up to Nyquist",
    "[conformance]") {
    constexpr Frames frames = 1 << 16;
    double limited = 0, whole = 0;
    for (Frames first = 0; first + frames <= test::song().frames(); first += 4 * frames) {
        const auto audio = excerpt(test::song(), first, frames);
        whole = std::max(whole, error_db(audio, test::fourier_peak(audio)));
        const auto below = test::low_passed(audio, 20000 / 44100.0);
        limited = std::max(limited, error_db(below, test::fourier_peak(below)));
    }
    CHECK(limited < test::record("True peak", "a song limited to 20 kHz at 44.1 kHz", "64x Fourier interpolation", 0.02,
                                 limited, "dB"));
    CHECK(whole < test::record("True peak", "a song with hi-hats up to Nyquist", "64x Fourier interpolation", 0.2,
                               whole, "dB"));
}

TEST_CASE("true peak: noise up to Nyquist reads its Fourier interpolation within 0.5 dB if white, 0.2 dB if pink",
          "[conformance]") {
    double white = 0, pink = 0;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const auto flat = test::noise(0.1, 60000, 1, seed), falling = test::pink_noise(0.1, 60000, 1, seed);
        white = std::max(white, error_db(flat, test::fourier_peak(flat)));
        pink = std::max(pink, error_db(falling, test::fourier_peak(falling)));
    }
    CHECK(white <
          test::record("True peak", "white noise up to Nyquist", "64x Fourier interpolation", 0.5, white, "dB"));
    CHECK(pink < test::record("True peak", "pink noise up to Nyquist", "64x Fourier interpolation", 0.2, pink, "dB"));
}
