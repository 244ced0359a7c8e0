// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter_forecast.h"

#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/dynamics/limiter.h"
#include "dsp/measure/peak_envelope.h"
#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rate = 44100;
constexpr Frames step = 4410;

/// Noise that swells and fades within a second, as phrases do.
AudioBuffer<double> phrases(double seconds) {
    AudioBuffer<double> audio = pink_noise(0.1, static_cast<Frames>(seconds * rate), 2);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            audio.channel(c)[n] *= 0.3 + std::pow(std::sin(3 * static_cast<double>(n) / rate), 2.0);
    return audio;
}

std::vector<float> peaks_of(const AudioBuffer<double>& audio) {
    PeakEnvelope<double> envelope(audio.channels());
    envelope.push(audio.view());
    envelope.finish();
    return envelope.peaks();
}

double power_of(const AudioBuffer<double>& audio, Frames from) {
    double sum = 0;
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = from; n < from + step; ++n) sum += audio.channel(c)[n] * audio.channel(c)[n];
    return sum;
}

}  // namespace

TEST_CASE("limiter forecast: what is left of the power, step by step, nears what the limiter leaves", "[dynamics]") {
    const double gain_db = GENERATE(6.0, 12.0, 18.0);
    LimiterSettings settings;
    settings.style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense);
    CAPTURE(gain_db, limiter_styles[static_cast<std::size_t>(settings.style)]);
    const AudioBuffer<double> quiet = phrases(6);
    AudioBuffer<double> loud = quiet;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < loud.frames(); ++n) loud.channel(c)[n] *= gain_from_db(gain_db);
    SerialWorkers workers;
    LimiterStage<double> limiter(settings, -1, 1, rate, 2, workers);
    const AudioBuffer<double> limited = run_stage<double>(limiter, loud, 0);

    const auto steps = static_cast<std::size_t>(loud.frames() / step);
    const std::vector<double> left =
        LimiterForecast(settings, -1, 1, rate).power(peaks_of(quiet), gain_from_db(gain_db), steps);
    REQUIRE(left.size() == steps);
    double foretold = 0, is = 0, without = 0;
    for (std::size_t k = 0; k < steps; ++k) {
        const Frames from = static_cast<Frames>(k) * step;
        const double power = power_of(loud, from), kept = power_of(limited, from);
        CHECK(std::abs(db_from_power(left[k] * power) - db_from_power(kept)) < 1.5);
        foretold += left[k] * power;
        is += kept;
        without += power;
    }
    CHECK(std::abs(db_from_power(foretold) - db_from_power(is)) < 0.3);  // the most here: 0.26, 18 dB up
    CHECK(db_from_power(without) - db_from_power(is) > 0.3);             // there was something to foretell
}

TEST_CASE("limiter forecast: what stays below the ceiling is left alone, also where the peaks end early",
          "[dynamics]") {
    const AudioBuffer<double> quiet = phrases(2);
    const std::vector<double> left = LimiterForecast({}, -1, 1, rate).power(peaks_of(quiet), 0.5, 25);
    CHECK(left == std::vector<double>(25, 1.0));
}
