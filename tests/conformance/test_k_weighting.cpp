// SPDX-License-Identifier: GPL-3.0-or-later
// K-weighting, the weights of the channel sum and the mono rule: BS.1770-5, Annexes 1 and 3.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include "dsp/core/decibel.h"
#include "dsp/measure/loudness.h"
#include "tests/conformance/k_reference.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

LoudnessBlocks metered(const AudioBuffer<double>& audio, double rate, MonoWeight mono = MonoWeight::single) {
    LoudnessMeter<double> meter(audio.channels(), rate, mono);
    meter.push(audio.view());
    meter.finish();
    return meter.blocks();
}

/// K-weighting's gain as the meter has it: what it adds to a settled sine in one channel, over whole periods of 1 s.
double metered_gain_db(double hz, double rate) {
    const auto steps = metered(test::sine(hz, 1, rate, static_cast<Frames>(rate * 1.4)), rate).steps;
    const double power = std::accumulate(steps.end() - 10, steps.end(), 0.0) / 10;
    return db_from_power(power / 0.5);
}

/// The analogue prototypes that the printed coefficients follow from (libebur128), at s = j · x, x relative to f0.
double analogue_shelf_db(double x) {
    const double high = std::pow(10.0, 3.999843853973347 / 20), band = std::pow(high, 0.4996667741545416);
    const std::complex<double> s(0, x);
    constexpr double q = 0.7071752369554196;
    return 20 * std::log10(std::abs((high * s * s + band * s / q + 1.0) / (s * s + s / q + 1.0)));
}
double analogue_high_pass_db(double x) {
    const std::complex<double> s(0, x);
    return 20 * std::log10(std::abs(s * s / (s * s + s / 0.5003270373238773 + 1.0)));
}

}  // namespace

TEST_CASE("K-weighting: the coefficients are those of BS.1770-5 at 48 kHz and of libebur128 at other rates",
          "[conformance]") {
    double error = 0;
    for (const test::PrintedK& p : test::printed_k) {
        const auto [shelf, high_pass] = k_coefficients(p.rate);
        for (const double difference : {shelf.b0 - p.b0, shelf.b1 - p.b1, shelf.b2 - p.b2, shelf.a1 - p.a1,
                                        shelf.a2 - p.a2, high_pass.a1 - p.high_pass_a1, high_pass.a2 - p.high_pass_a2})
            error = std::max(error, std::abs(difference));
        CHECK(high_pass.b0 == 1);
        CHECK(high_pass.b1 == -2);
        CHECK(high_pass.b2 == 1);
    }
    CHECK(error <
          test::record("K-weighting", "coefficients", "BS.1770-5 and libebur128, 14 decimals", 1e-13, error, ""));
}

TEST_CASE("K-weighting: is the analogue prototypes through the bilinear transform at any rate", "[conformance]") {
    const double rate = GENERATE(32000.0, 44100.0, 50000.0, 96000.0, 192000.0);
    CAPTURE(rate);
    double error = 0;
    for (const double hz : {1.0, 10.0, 38.0, 100.0, 1000.0, 1682.0, 5000.0, 15000.0}) {
        const auto [shelf, high_pass] = k_coefficients(rate);
        const auto z = std::polar(1.0, -2 * std::numbers::pi * hz / rate);
        const auto gain_db = [&](const Biquad& f) {
            return 20 * std::log10(std::abs((f.b0 + f.b1 * z + f.b2 * z * z) / (1.0 + f.a1 * z + f.a2 * z * z)));
        };
        const auto warped = [&](double f0) {
            return std::tan(std::numbers::pi * hz / rate) / std::tan(std::numbers::pi * f0 / rate);
        };
        // The high pass is printed with its numerator undivided, which lifts it by the divisor.
        const double k = std::tan(std::numbers::pi * 38.13547087602444 / rate);
        const double lift_db = 20 * std::log10(1 + k / 0.5003270373238773 + k * k);
        error = std::max({error, std::abs(gain_db(shelf) - analogue_shelf_db(warped(1681.974450955533))),
                          std::abs(gain_db(high_pass) - lift_db - analogue_high_pass_db(warped(38.13547087602444)))});
    }
    CHECK(error <
          test::record("K-weighting", "response, 32 to 192 kHz", "analogue prototypes, bilinear", 1e-6, error, "dB"));
}

TEST_CASE("K-weighting: a sine from 20 Hz to 20 kHz reads the printed filters' gain at every rate", "[conformance]") {
    double error = 0;
    for (const test::PrintedK& k : test::printed_k)
        for (const double hz : {20.0, 50.0, 100.0, 500.0, 997.0, 1000.0, 2000.0, 5000.0, 10000.0, 15000.0, 20000.0})
            error = std::max(error, std::abs(metered_gain_db(hz, k.rate) - test::k_gain_db(hz, k.rate)));
    CHECK(error < test::record("K-weighting", "a sine's reading, 20 Hz to 20 kHz, 44.1 to 192 kHz",
                               "printed coefficients", 0.01, error, "LU"));
}

TEST_CASE("K-weighting: reads the tabulated gains at 48 kHz, and at 997 Hz those of every rate", "[conformance]") {
    for (const auto& [hz, db] : {std::pair{20.0, -13.275},
                                 {50.0, -3.934},
                                 {100.0, -1.134},
                                 {200.0, -0.265},
                                 {500.0, 0.043},
                                 {997.0, 0.6910},
                                 {1000.0, 0.6977},
                                 {2000.0, 3.071},
                                 {5000.0, 4.013},
                                 {10000.0, 4.042}}) {
        CAPTURE(hz);
        CHECK_THAT(metered_gain_db(hz, 48000), WithinAbs(db, 0.0006));
    }
    CHECK_THAT(metered_gain_db(997, 44100), WithinAbs(0.6938, 0.0001));
    CHECK_THAT(metered_gain_db(997, 96000), WithinAbs(0.6737, 0.0001));
    CHECK_THAT(metered_gain_db(997, 192000), WithinAbs(0.6639, 0.0001));
}

TEST_CASE("K-weighting: other rates weigh as 48 kHz does, within 0.05 dB from 20 Hz to 15 kHz", "[conformance]") {
    double error = 0;
    for (const test::PrintedK& k : test::printed_k)
        for (double hz = 20; hz < 15000; hz *= 1.1)
            error = std::max(error, std::abs(test::k_gain_db(hz, k.rate) - test::k_gain_db(hz, 48000)));
    CHECK(error <
          test::record("K-weighting", "44.1 to 192 kHz, 20 Hz to 15 kHz", "the response at 48 kHz", 0.05, error, "dB"));
}

TEST_CASE("loudness: 997 Hz at 0 dBFS in L, R or C reads -3.01 LUFS; in Ls or Rs 1.49 LU more; in the LFE nothing",
          "[conformance]") {
    const auto tone = test::sine(997, 1, 48000, 48000 * 3);
    for (int c = 0; c < 6; ++c) {
        CAPTURE(c);
        AudioBuffer<double> audio(6, tone.frames());
        copy_audio<double>(tone.view(), audio.view().only(c));
        const auto lufs = integrated_lufs(metered(audio, 48000));
        REQUIRE(lufs.has_value() == (c != 3));
        if (!lufs) continue;
        const double error = std::abs(*lufs - db_from_power((c < 3 ? 1 : 1.41) * 0.5));
        CHECK(error < test::record("Loudness", "weights of 5.1: 997 Hz in each channel",
                                   "BS.1770-5: 1, 1, 1, 0, 1.41, 1.41", 0.01, error, "LU"));
    }
}

TEST_CASE("loudness: 7.1 weighs its sides 1.41 and its backs 1; quad weighs its surrounds 1.41", "[conformance]") {
    CHECK(channel_weights(8) == std::vector<double>{1, 1, 1, 0, 1, 1, 1.41, 1.41});
    CHECK(channel_weights(4) == std::vector<double>{1, 1, 1.41, 1.41});
}

TEST_CASE("loudness: a mono programme reads 3.01 LU below the same on two channels, and the same as dual mono",
          "[conformance]") {
    const auto mono = test::pink_noise(0.1, 48000 * 3);
    AudioBuffer<double> pair(2, mono.frames());
    for (int c = 0; c < 2; ++c) copy_audio<double>(mono.view(), pair.view().only(c));
    const double on_two = integrated_lufs(metered(pair, 48000)).value();
    const double error = std::abs(integrated_lufs(metered(mono, 48000)).value() - (on_two - db_from_power(2)));
    CHECK(error <
          test::record("Loudness", "mono rule: one channel against the same on two", "3.01 LU", 0.01, error, "LU"));
    CHECK_THAT(integrated_lufs(metered(mono, 48000, MonoWeight::dual)).value(), WithinAbs(on_two, 1e-9));
}
