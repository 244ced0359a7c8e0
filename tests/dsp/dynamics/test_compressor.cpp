// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <random>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/dynamics/compressor.h"
#include "tests/dsp/dynamics/serial_dynamics.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
constexpr double rate = 48000;
SerialWorkers workers;

template <class Sample = float>
AudioBuffer<Sample> compressed(const BandSettings& settings, const AudioBuffer<Sample>& in, Frames cut = 0,
                               double mix = 1, double at_rate = rate) {
    CompressorStage<Sample> stage(CompressorSettings{settings}, in.channels(), at_rate, mix, workers);
    return test::run_stage(stage, in, cut);
}
AudioBuffer<float> tone(double hz, double level_db, double seconds, int channels = 1, double at_rate = rate) {
    return test::as<float>(
        test::sine(hz, gain_from_db(level_db), at_rate, static_cast<Frames>(seconds * at_rate), channels));
}
// A constant of one level, then of another: out / in is the gain at every frame.
AudioBuffer<double> step(double first_db, double second_db, Frames at, Frames frames) {
    AudioBuffer<double> audio(1, frames);
    for (Frames n = 0; n < frames; ++n) audio.channel(0)[n] = gain_from_db(n < at ? first_db : second_db);
    return audio;
}
std::vector<double> gains_db(const BandSettings& settings, const AudioBuffer<double>& in, double at_rate = rate) {
    const AudioBuffer<double> out = compressed(settings, in, 0, 1, at_rate);
    std::vector<double> gains;
    for (Frames n = 0; n < in.frames(); ++n) gains.push_back(db_from_gain(out.channel(0)[n] / in.channel(0)[n]));
    return gains;
}
// Milliseconds from frame `from` until the gain has gone 63.2 % of its way to the last one.
double time_constant_ms(const std::vector<double>& gains, Frames from, double at_rate = rate) {
    const double start = gains[static_cast<std::size_t>(from) - 1], end = gains.back();
    const double mark = end + (start - end) * std::exp(-1.0);
    for (std::size_t n = static_cast<std::size_t>(from); n < gains.size(); ++n)
        if ((gains[n] - mark) * (start - mark) <= 0) {
            const double part = (gains[n - 1] - mark) / (gains[n - 1] - gains[n]);
            return (static_cast<double>(n) - static_cast<double>(from) + part) * 1000 / at_rate;
        }
    return std::nan("");
}
double peak_db(const AudioBuffer<float>& audio, int channel, Frames from) {
    float peak = 0;
    for (Frames n = from; n < audio.frames(); ++n) peak = std::max(peak, std::abs(audio.channel(channel)[n]));
    return db_from_gain(peak);
}
}  // namespace

TEST_CASE("compressor: a sine settles on the static curve", "[dynamics]") {
    const auto mode = GENERATE(DynamicsMode::down, DynamicsMode::up);
    const double knee = GENERATE(0.0, 6.0, 20.0), ratio = GENERATE(1.5, 4.0, 1000.0);
    BandSettings settings{
        .threshold_db = -20, .ratio = ratio, .knee_db = knee, .attack_ms = 5, .release_ms = 100, .mode = mode};
    if (mode == DynamicsMode::up) settings.range_db = GENERATE(6.0, 60.0);
    for (const double level : {-50.0, -27.0, -21.0, -20.0, -18.5, -8.0, 0.0}) {
        CAPTURE(static_cast<int>(mode), knee, ratio, level);
        const AudioBuffer<float> out = compressed(settings, tone(997, level, 1.5));
        const double error =
            std::abs(peak_db(out, 0, static_cast<Frames>(1.4 * rate)) - test::curve_db(settings, level));
        CHECK(error <
              test::record("Dynamics", "compressor, a settled sine of 997 Hz", "static curve", 0.002, error, "dB"));
    }
}

TEST_CASE("compressor: a tone of any level settles on the static curve, whatever it is set to", "[dynamics]") {
    const double at_rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    std::mt19937 random(static_cast<unsigned>(at_rate));
    const auto from = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    for (int i = 0; i < 40; ++i) {
        BandSettings settings{.threshold_db = from(-50, -5),
                              .ratio = std::exp(from(0.05, 4)),
                              .knee_db = i % 5 == 0 ? 0 : from(0, 24),
                              .attack_ms = from(0, 30),
                              .release_ms = from(60, 150),
                              .makeup_db = from(-6, 6),
                              .mode = i % 2 == 0 ? DynamicsMode::down : DynamicsMode::up,
                              .detector = i % 4 < 2 ? LevelDetector::peak : LevelDetector::rms};
        if (i % 3 == 0) settings.range_db = from(1, 30);
        const double hz = from(800, 5000), level_db = settings.threshold_db + from(-25, 25), seconds = 1.6;
        CAPTURE(at_rate, i, hz, level_db, settings.threshold_db, settings.ratio, settings.knee_db);
        const AudioBuffer<float> out = compressed(settings, tone(hz, level_db, seconds, 1, at_rate), 0, 1, at_rate);
        // The mean square over whole periods, so that it does not matter where the samples fall.
        const double period = at_rate / hz;
        const auto count = static_cast<Frames>(std::round(std::round(0.1 * hz) * period));
        double power = 0;
        for (Frames n = out.frames() - count; n < out.frames(); ++n) power += std::pow(out.channel(0)[n], 2);
        const double got_db = db_from_power(2 * power / static_cast<double>(count));
        const double error = std::abs(got_db - settings.makeup_db - test::curve_db(settings, level_db));
        CHECK(error < test::record("Dynamics", "compressor, a settled tone, random threshold, ratio, knee and range",
                                   "static curve", 0.05, error, "dB"));
    }
}

TEST_CASE("compressor: threshold -20, ratio 4 brings -8 dB to -17 (Giannoulis, Massberg, Reiss)", "[dynamics]") {
    const AudioBuffer<float> out =
        compressed({.threshold_db = -20, .ratio = 4, .knee_db = 0, .attack_ms = 1}, tone(997, -8, 0.3));
    CHECK_THAT(peak_db(out, 0, 10000), WithinAbs(-17.0, 0.001));
}

TEST_CASE("compressor: a 50 Hz tone settles and its gain stands still", "[dynamics]") {
    const auto detector = GENERATE(LevelDetector::peak, LevelDetector::rms);
    const double at_rate = GENERATE(44100.0, 48000.0, 192000.0);
    const BandSettings settings{
        .threshold_db = -30, .ratio = 4, .attack_ms = 10, .release_ms = 1000, .detector = detector};
    CompressorStage<float> stage(CompressorSettings{settings}, 1, at_rate, 1, workers);
    const AudioBuffer<float> out = test::run_stage(stage, tone(50, -6, 12, 1, at_rate));
    const double error = std::abs(peak_db(out, 0, static_cast<Frames>(11 * at_rate)) - test::curve_db(settings, -6));
    CHECK(error < test::record("Dynamics", "compressor, a settled sine of 50 Hz", "static curve", 0.05, error, "dB"));
    const std::vector<float>& changes = stage.history().bands.at(0);
    REQUIRE(changes.size() == 1200);
    for (std::size_t k = 1100; k < 1200; ++k) CHECK_THAT(changes[k], WithinAbs(test::curve_db(settings, -6) + 6, 0.05));
}

TEST_CASE("compressor: an rms detector reads a sine's peak", "[dynamics]") {
    const BandSettings settings{
        .threshold_db = -30, .ratio = 3, .attack_ms = 0, .release_ms = 200, .detector = LevelDetector::rms};
    const AudioBuffer<float> out = compressed(settings, tone(1500, -10, 3));
    CHECK_THAT(peak_db(out, 0, static_cast<Frames>(2.9 * rate)), WithinAbs(test::curve_db(settings, -10), 0.01));
}

TEST_CASE("compressor: attack and release go 63.2 % of a step in dB in their times, at every rate", "[dynamics]") {
    const double ms = GENERATE(1.0, 30.0, 200.0, 700.0), at_rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    CAPTURE(ms, at_rate);
    const auto at = static_cast<Frames>(at_rate / 2), length = at + static_cast<Frames>((0.02 * ms + 0.05) * at_rate);
    const BandSettings attack{.threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = ms, .release_ms = 1};
    const auto percent_off = [&](double measured_ms) { return 100 * std::abs(measured_ms / ms - 1); };
    const double attack_error =
        percent_off(time_constant_ms(gains_db(attack, step(-40, -20, at, length), at_rate), at, at_rate));
    CHECK(attack_error <
          test::record("Dynamics", "compressor, attack, 1 to 700 ms", "63.2 % of a step in dB", 1, attack_error, "%"));
    // The peak is held for half a period of 20 Hz, of whose frames the first is the step's last.
    const BandSettings release{.threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = 0, .release_ms = ms};
    const Frames held = static_cast<Frames>(std::ceil(at_rate / 40)) - 1;
    const double release_error =
        percent_off(time_constant_ms(gains_db(release, step(-20, -40, at, length), at_rate), at + held, at_rate));
    CHECK(release_error < test::record("Dynamics", "compressor, release, 1 to 700 ms", "63.2 % of a step in dB", 1,
                                       release_error, "%"));
}

TEST_CASE("compressor: attack 10 ms and release 100 ms together come back in 110.5 ms (standards.md 5.4)",
          "[dynamics]") {
    const BandSettings settings{.threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = 10, .release_ms = 100};
    const Frames at = 24000;
    CHECK_THAT(time_constant_ms(gains_db(settings, step(-40, -20, at, 120000)), at), WithinRel(10.0, 0.01));
    CHECK_THAT(time_constant_ms(gains_db(settings, step(-20, -40, at, 120000)), at + 1199), WithinRel(110.5, 0.01));
}

TEST_CASE("compressor: an rms detector averages over its release time", "[dynamics]") {
    const BandSettings settings{.threshold_db = -40,
                                .ratio = 2,
                                .knee_db = 0,
                                .attack_ms = 0,
                                .release_ms = 100,
                                .detector = LevelDetector::rms};
    // After one time constant the mean square of a constant has come to 63.2 % of its square.
    const double level = -10 + 10 * std::log10(2 * (1 - std::exp(-1.0)));
    CHECK_THAT(gains_db(settings, step(-10, -10, 0, 10000))[4799],
               WithinAbs(test::curve_db(settings, level) - level, 0.001));
}

TEST_CASE("compressor: link shares the loudest channel's gain", "[dynamics]") {
    const double link = GENERATE(0.0, 0.5, 1.0);
    const BandSettings settings{.threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = 1, .link = link};
    AudioBuffer<float> in = tone(997, -6, 0.5, 2);
    for (Frames n = 0; n < in.frames(); ++n) in.channel(1)[n] *= static_cast<float>(gain_from_db(-20));
    const AudioBuffer<float> out = compressed(settings, in);
    // Alone, -6 dB is turned down by 17 dB and -26 by 7.
    CHECK_THAT(peak_db(out, 0, 20000), WithinAbs(-6 - 17.0, 0.002));
    CHECK_THAT(peak_db(out, 1, 20000), WithinAbs(-26 - (17 * link + 7 * (1 - link)), 0.002));
}

TEST_CASE("compressor: lookahead moves the gain ahead and leaves the sound in its place", "[dynamics]") {
    BandSettings settings{.threshold_db = -40, .ratio = 4, .attack_ms = 5, .release_ms = 50};
    const AudioBuffer<double> in = step(-40, -10, 9000, 30000);
    const std::vector<double> now = gains_db(settings, in);
    settings.lookahead_ms = GENERATE(0.5, 10.0, 30.0, 100.0);
    const auto ahead = static_cast<std::size_t>(settings.lookahead_ms * rate / 1000);
    CAPTURE(ahead);
    const std::vector<double> early = gains_db(settings, in);
    double worst = 0;
    for (std::size_t n = 3000; n + ahead < now.size(); ++n)
        worst = std::max(worst, std::abs(early[n] - now[n + ahead]));
    CHECK(worst < 1e-9);
    CHECK(early[9000 - ahead] < early[9000 - ahead - 1] - 0.01);
}

TEST_CASE("compressor: the side-chain's high-pass is heard by the detector alone", "[dynamics]") {
    const double hz = GENERATE(50.0, 1000.0, 5000.0);
    const BandSettings settings{.threshold_db = -30, .ratio = 2, .knee_db = 0, .attack_ms = 1, .sidechain_hp_hz = 1000};
    const double w = std::pow(std::tan(M_PI * hz / rate) / std::tan(M_PI * 1000 / rate), 4);
    const double heard_db = -6 + 10 * std::log10(w / (1 + w));
    const AudioBuffer<float> out = compressed(settings, tone(hz, -6, 1));
    CHECK_THAT(peak_db(out, 0, 40000), WithinAbs(-6 + test::curve_db(settings, heard_db) - heard_db, 0.01));
    CHECK_THROWS_AS(compressed({.ratio = 2, .sidechain_hp_hz = 24000}, tone(hz, -6, 0.1)), BadSetting);
}

TEST_CASE("compressor: mix, makeup, bypass and rest", "[dynamics]") {
    const AudioBuffer<float> in = tone(997, -6, 0.5);
    const BandSettings settings{.threshold_db = -30, .ratio = 4, .knee_db = 0, .attack_ms = 1, .makeup_db = 3};
    const double wet = gain_from_db(-6 - 18 + 3);  // 24 dB above the threshold, three quarters of them taken
    CHECK_THAT(gain_from_db(peak_db(compressed(settings, in), 0, 20000)), WithinRel(wet, 1e-4));
    CHECK_THAT(gain_from_db(peak_db(compressed(settings, in, 0, 0.25), 0, 20000)),
               WithinRel(0.75 * gain_from_db(-6) + 0.25 * wet, 1e-4));
    BandSettings off = settings;
    off.bypass = true;
    const AudioBuffer<float> same = compressed(off, in);
    const AudioBuffer<float> quiet =
        compressed({.threshold_db = 0, .ratio = 4}, in);  // 6 dB below the threshold, 3 below its knee
    Frames wrong = 0;
    for (Frames n = 0; n < in.frames(); ++n)
        wrong += !(same.channel(0)[n] == in.channel(0)[n]) + !(quiet.channel(0)[n] == in.channel(0)[n]);
    CHECK(wrong == 0);
}

TEST_CASE("compressor: silence, subnormal numbers and full-scale squares give plain numbers", "[dynamics]") {
    const auto mode = GENERATE(DynamicsMode::down, DynamicsMode::up);
    const auto detector = GENERATE(LevelDetector::peak, LevelDetector::rms);
    const float amplitude = GENERATE(0.0f, 1e-40f, 1.0f, 1e4f);
    const BandSettings settings{.threshold_db = -30,
                                .ratio = 1000,
                                .attack_ms = 0,
                                .release_ms = 1,
                                .mode = mode,
                                .range_db = 96,
                                .detector = detector,
                                .link = 0.5,
                                .sidechain_hp_hz = 40};
    AudioBuffer<float> in(2, 30000);
    for (Frames n = 0; n < in.frames(); ++n)
        in.channel(0)[n] = in.channel(1)[n] = n < 15000 ? (n / 50 % 2 ? amplitude : -amplitude) : 0;
    const AudioBuffer<float> out = compressed(settings, in);
    Frames wrong = 0;
    for (Frames n = 0; n < in.frames(); ++n)
        wrong += !(std::abs(out.channel(1)[n]) <= 7e4f * amplitude);  // 96 dB at most
    CHECK(wrong == 0);
}

TEST_CASE("compressor: the same bits however the input is cut", "[dynamics]") {
    const BandSettings settings{.threshold_db = -30, .ratio = 4, .link = 0.5, .lookahead_ms = 7};
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 50001, 3));
    const AudioBuffer<float> whole = compressed(settings, in);
    const Frames cut = GENERATE(1, 63, 1024, 17000);
    CAPTURE(cut);
    const AudioBuffer<float> pieces = compressed(settings, in, cut);
    REQUIRE(pieces.frames() == in.frames());
    Frames wrong = 0;
    for (int c = 0; c < 3; ++c)
        for (Frames n = 0; n < in.frames(); ++n) wrong += !(whole.channel(c)[n] == pieces.channel(c)[n]);
    CHECK(wrong == 0);
}

TEST_CASE("compressor: a programme shorter than its lookahead keeps its length and its gains", "[dynamics]") {
    const Frames frames = GENERATE(0, 1, 300, 1024, 5000);
    CAPTURE(frames);
    const BandSettings settings{.threshold_db = -40, .ratio = 4, .attack_ms = 1, .lookahead_ms = 80};
    const AudioBuffer<double> in = test::noise(0.1, frames);
    const AudioBuffer<double> out = compressed(settings, in);
    REQUIRE(out.frames() == frames);
    const auto gains = test::serial_gains(settings, 20, rate, in);
    double worst = 0;
    for (Frames n = 0; n < frames; ++n) {
        const double error = std::abs(out.channel(0)[n] - in.channel(0)[n] * gains[0][static_cast<std::size_t>(n)]);
        if (!(error <= worst)) worst = error;
    }
    CHECK(worst < 1e-11);
}
