// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <random>
#include <thread>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/dynamics/multiband.h"
#include "dsp/linear/crossover.h"
#include "tests/dsp/dynamics/serial_dynamics.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
constexpr double rate = 44100;
SerialWorkers serial;

// Every part on a thread of its own, the last one first.
class ThreadPerPart final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        std::vector<std::thread> threads;
        for (int i = count; i-- > 0;) threads.emplace_back(part, i);
        for (std::thread& thread : threads) thread.join();
    }
};

MultibandSettings four_bands() {
    const BandSettings band{.threshold_db = -40, .ratio = 3, .knee_db = 6, .attack_ms = 10, .release_ms = 100};
    return {.crossovers_hz = {120, 1000, 6000}, .slope_db_oct = 48, .bands = {band, band, band, band}};
}
std::vector<FirMatrix> responses(const MultibandSettings& settings, int channels, double at_rate = rate) {
    std::vector<FirMatrix> matrices;
    for (const Fir& fir : design_crossover(settings.crossovers_hz, settings.slope_db_oct, at_rate))
        matrices.push_back(same_on_all(fir, channels));
    return matrices;
}
template <class Sample>
AudioBuffer<Sample> processed(const MultibandSettings& settings, const AudioBuffer<Sample>& in, bool fused = false,
                              double mix = 1, Frames cut = 0, Workers& workers = serial, double at_rate = rate) {
    MultibandStage<Sample> stage(settings, responses(settings, in.channels(), at_rate), fused,
                                 band_lower_edges_hz(settings), at_rate, mix, workers);
    return test::run_stage(stage, in, cut);
}
// Peak level over the frames from `from` on, by their mean square: whole periods, and not fooled by where samples fall.
double level_db(const AudioBuffer<float>& audio, Frames from) {
    double power = 0;
    for (Frames n = from; n < audio.frames(); ++n) power += std::pow(audio.channel(0)[n], 2);
    return db_from_power(2 * power / static_cast<double>(audio.frames() - from));
}
template <class Sample>
Frames differing(const AudioBuffer<Sample>& a, const AudioBuffer<Sample>& b) {
    if (a.frames() != b.frames()) return -1;
    Frames wrong = 0;
    for (int c = 0; c < a.channels(); ++c)
        for (Frames n = 0; n < a.frames(); ++n) wrong += !(a.channel(c)[n] == b.channel(c)[n]);
    return wrong;
}
}  // namespace

TEST_CASE("multiband: at rest the output is the input, bit for bit", "[dynamics]") {
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 100000, 2));
    MultibandSettings settings = four_bands();
    SECTION("ratio 1") {
        for (BandSettings& band : settings.bands) band.ratio = 1;
    }
    SECTION("below every threshold") {
        for (BandSettings& band : settings.bands) band.threshold_db = 20;
    }
    SECTION("bypassed") {
        for (BandSettings& band : settings.bands) band.bypass = true;
    }
    CHECK(differing(processed(settings, in), in) == 0);
    const double null_db = test::residual_db(test::as<double>(in), test::as<double>(processed(settings, in, true)));
    CHECK(null_db < test::record("Dynamics", "multiband at rest, null", "its input", -130, null_db, "dB"));
}

TEST_CASE("multiband: a sine inside one band settles on that band's curve", "[dynamics]") {
    MultibandSettings settings = four_bands();
    for (std::size_t b = 0; b < 4; ++b) {
        settings.bands[b].threshold_db = -20;  // so that what passes beside the band stays far below it
        settings.bands[b].ratio = 2 + static_cast<double>(b);
    }
    const bool fused = GENERATE(false, true);
    const double hz[] = {50, 350, 2440.7, 16000.3};
    for (std::size_t b = 0; b < 4; ++b) {
        CAPTURE(b, fused);
        const AudioBuffer<float> in = test::as<float>(test::sine(hz[b], gain_from_db(-12), rate, 88200, 1));
        const AudioBuffer<float> out = processed(settings, in, fused);
        // RMS over whole 50 ms at the end: not fooled by where the samples fall.
        double power = 0;
        for (Frames n = 88200 - 22050; n < 88200 - 11025; ++n) power += std::pow(out.channel(0)[n], 2);
        const double level = db_from_power(2 * power / 11025);
        const double error = std::abs(level - test::curve_db(settings.bands[b], -12));
        CHECK(error < test::record("Dynamics", "multiband, a sine in each band", "static curve", 0.05, error, "dB"));
    }
}

TEST_CASE("multiband: at rest the output is the input at every rate, with two to six bands", "[dynamics]") {
    const double at_rate = GENERATE(44100.0, 96000.0, 192000.0);
    const int bands = GENERATE(2, 4, 6);
    MultibandSettings settings{.crossovers_hz = {}, .slope_db_oct = GENERATE(12.0, 96.0), .bands = {}};
    for (int b = 0; b < bands; ++b) {
        if (b > 0) settings.crossovers_hz.push_back(80 * std::pow(3, b - 1));
        settings.bands.push_back({.ratio = 1});
    }
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 50000, 2));
    CAPTURE(at_rate, bands);
    CHECK(differing(processed(settings, in, false, 1, 0, serial, at_rate), in) == 0);
    const AudioBuffer<float> fused = processed(settings, in, true, 1, 0, serial, at_rate);
    const double null_db = test::residual_db(test::as<double>(in), test::as<double>(fused));
    CHECK(null_db < test::record("Dynamics", "multiband at rest, null", "its input", -130, null_db, "dB"));
}

TEST_CASE("multiband: a tone of any level inside a band settles on the band's curve, whatever it is set to",
          "[dynamics]") {
    const double at_rate = GENERATE(44100.0, 96000.0);
    std::mt19937 random(static_cast<unsigned>(at_rate));
    const auto from = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    MultibandSettings steep = four_bands();
    steep.slope_db_oct = 96;  // so that what passes beside the band stays far below it
    const std::vector<FirMatrix> bands = responses(steep, 1, at_rate);
    for (int i = 0; i < 24; ++i) {
        MultibandSettings settings = steep;
        for (BandSettings& band : settings.bands) band.ratio = 1;
        const std::size_t b = static_cast<std::size_t>(i % 4);
        settings.bands[b] = {.threshold_db = from(-50, -10),
                             .ratio = std::exp(from(0.05, 3)),
                             .knee_db = from(0, 20),
                             .attack_ms = from(0, 30),
                             .release_ms = from(60, 150),
                             .mode = i % 8 < 4 ? DynamicsMode::down : DynamicsMode::up,
                             .range_db = from(6, 20),
                             .detector = i % 3 == 0 ? LevelDetector::rms : LevelDetector::peak};
        // Where a band is held for few samples its sample peak wavers, and what brings up takes the least of it.
        if (b > 1 && settings.bands[b].mode == DynamicsMode::up) settings.bands[b].detector = LevelDetector::rms;
        constexpr double hz[] = {50, 350, 2438, 15730};  // whole periods in half a second
        const double sent_db = settings.bands[b].threshold_db + from(-20, 20);
        const auto frames = static_cast<Frames>(2.5 * at_rate);
        const AudioBuffer<float> in = test::as<float>(test::sine(hz[b], gain_from_db(sent_db), at_rate, frames));
        CAPTURE(at_rate, i, sent_db, settings.bands[b].threshold_db, settings.bands[b].ratio);
        MultibandStage<float> stage(settings, bands, i % 2 == 0, band_lower_edges_hz(settings), at_rate, 1, serial);
        const AudioBuffer<float> out = test::run_stage(stage, in);
        AudioBuffer<float> middle(1, frames - static_cast<Frames>(at_rate / 2));  // clear of the end's transient
        copy_audio<float>(std::as_const(out).view().slice(0, middle.frames()), middle.view());
        const double error = std::abs(level_db(middle, middle.frames() - static_cast<Frames>(at_rate / 2)) -
                                      test::curve_db(settings.bands[b], sent_db));
        CHECK(error < test::record("Dynamics", "multiband, a settled tone of 50 Hz to 16 kHz, random settings",
                                   "static curve", 0.05, error, "dB"));
    }
}

TEST_CASE("multiband: a band's attack and release go 63.2 % of a step in dB in their times", "[dynamics]") {
    const double at_rate = GENERATE(44100.0, 96000.0);
    const double attack_ms = GENERATE(0.0, 400.0), release_ms = attack_ms > 0 ? 1 : 400;
    MultibandSettings settings = four_bands();
    settings.bands[2] = {
        .threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = attack_ms, .release_ms = release_ms};
    AudioBuffer<float> in = test::as<float>(test::sine(2440, 0.1, at_rate, static_cast<Frames>(8 * at_rate)));
    const Frames up = static_cast<Frames>(4 * at_rate);
    for (Frames n = 0; n < up; ++n) in.channel(0)[n] *= attack_ms > 0 ? 0.1f : 1.0f;
    for (Frames n = up; n < in.frames(); ++n) in.channel(0)[n] *= attack_ms > 0 ? 1.0f : 0.1f;
    MultibandStage<float> stage(settings, responses(settings, 1, at_rate), false, band_lower_edges_hz(settings),
                                at_rate, 1, serial);
    test::run_stage(stage, in);
    // The furthest change of every 10 ms: in the attack at its end, in the release at its start.
    const std::vector<float>& changes = stage.history().bands[2];
    const double start = changes[398], end = changes[790], mark = end + (start - end) * std::exp(-1.0);
    std::size_t k = 400;
    while (k < 790 && (changes[k] - mark) * (start - mark) > 0) ++k;
    const double part = (changes[k - 1] - mark) / (changes[k - 1] - changes[k]);
    const double ms = 10 * (static_cast<double>(k) - 400 + part) + (attack_ms > 0 ? 0 : -10);
    const double percent = 100 * std::abs(ms / 400 - 1);
    CAPTURE(at_rate, attack_ms, ms);
    CHECK(percent < test::record("Dynamics", "multiband, a band's attack and release of 400 ms",
                                 "63.2 % of a step in dB", 5, percent, "%"));
}

TEST_CASE("multiband: fused and over the dry sound come to the same", "[dynamics]") {
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 60000, 2));
    const MultibandSettings settings = four_bands();
    CHECK(test::residual_dbfs(test::as<double>(processed(settings, in)),
                              test::as<double>(processed(settings, in, true))) < -140);
}

TEST_CASE("multiband: float agrees with double", "[dynamics]") {
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 60000, 2));
    const MultibandSettings settings = four_bands();
    CHECK(test::residual_dbfs(processed(settings, test::as<double>(in)), test::as<double>(processed(settings, in))) <
          -140);
}

TEST_CASE("multiband: mix goes from the input to the processed sound", "[dynamics]") {
    const AudioBuffer<double> in = test::pink_noise(0.1, 40000, 2);
    MultibandSettings settings = four_bands();
    const AudioBuffer<double> wet = processed(settings, in);
    AudioBuffer<double> expected(2, in.frames());
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < in.frames(); ++n)
            expected.channel(c)[n] = in.channel(c)[n] + 0.15 * (wet.channel(c)[n] - in.channel(c)[n]);
    for (BandSettings& band : settings.bands) band.mix = 0.5;
    CHECK(test::residual_db(expected, processed(settings, in, false, 0.3)) < -250);
    CHECK(test::residual_db(expected, processed(settings, in, true, 0.3)) < -250);
}

TEST_CASE("multiband: solo lets one band be heard, bypass leaves one alone", "[dynamics]") {
    const AudioBuffer<double> in = test::pink_noise(0.1, 40000, 2);
    MultibandSettings settings = four_bands();
    // Band 1 by itself, untouched: what it passes.
    MultibandSettings alone = settings;
    alone.bands[1].solo = alone.bands[1].bypass = true;
    FilterBank<double> bank(std::vector{responses(settings, 2)[1]}, serial);
    std::vector<AudioQueue<double>> queue(1, AudioQueue<double>(2));
    bank.push(in.view(), queue);
    bank.finish(queue);
    AudioBuffer<double> band(2, in.frames());
    copy_audio<double>(std::as_const(queue[0]).view(), band.view());
    CHECK(test::residual_db(band, processed(alone, in)) < -250);

    // All bands added up, heard one by one, are the whole.
    AudioBuffer<double> sum(2, in.frames());
    settings.bands[2].bypass = true;
    for (std::size_t b = 0; b < 4; ++b) {
        MultibandSettings one = settings;
        one.bands[b].solo = true;
        const AudioBuffer<double> heard = processed(one, in);
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < in.frames(); ++n) sum.channel(c)[n] += heard.channel(c)[n];
    }
    CHECK(test::residual_db(processed(settings, in), sum) < -250);
}

TEST_CASE("multiband: the same bits however the input is cut and whoever works", "[dynamics]") {
    MultibandSettings settings = four_bands();
    settings.bands[1].lookahead_ms = 30;
    settings.bands[2].link = 0.4;
    settings.bands[3].detector = LevelDetector::rms;
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.2, 120001, 2));
    const AudioBuffer<float> whole = processed(settings, in);
    const Frames cut = GENERATE(0, 1000, 65536);
    CAPTURE(cut);
    ThreadPerPart threads;
    CHECK(differing(processed(settings, in, false, 1, cut), whole) == 0);
    CHECK(differing(processed(settings, in, false, 1, cut, threads), whole) == 0);
}

TEST_CASE("multiband: every instruction set agrees within -130 dB", "[dynamics][parity]") {
    MultibandSettings settings = four_bands();
    settings.bands[0].detector = LevelDetector::rms;
    settings.bands[1].mode = DynamicsMode::up;
    const AudioBuffer<float> in = test::as<float>(test::pink_noise(0.1, 60000, 2));
    const AudioBuffer<double> reference = test::as<double>(processed(settings, in));
    test::on_every_isa([&] {
        const AudioBuffer<double> other = test::as<double>(processed(settings, in));
        CHECK(test::residual_db(reference, other) < -130);
    });
}

TEST_CASE("multiband: the history holds each band's furthest change of every 10 ms", "[dynamics]") {
    MultibandSettings settings = four_bands();
    settings.bands[1].lookahead_ms = 20;
    settings.bands[2].mode = DynamicsMode::up;
    settings.bands[2].range_db = 9;
    settings.bands[3].ratio = 1;
    const AudioBuffer<float> in = test::as<float>(test::sine(350, gain_from_db(-12), rate, 44100, 2));
    MultibandStage<float> stage(settings, responses(settings, 2), false, band_lower_edges_hz(settings), rate, 1,
                                serial);
    test::run_stage(stage, in);
    const auto& bands = stage.history().bands;
    REQUIRE(bands.size() == 4);
    REQUIRE(bands[1].size() == 100);
    CHECK_THAT(bands[1][60], WithinAbs(test::curve_db(settings.bands[1], -12) + 12, 0.02));
    CHECK(bands[2][60] > 8.9f);
    CHECK(bands[2][60] < 9.1f);
    CHECK(bands[3].empty());
}

TEST_CASE("multiband: as many bands as its crossovers make, or an error that names both numbers", "[dynamics]") {
    MultibandSettings settings = four_bands();
    settings.bands.pop_back();
    std::string message;
    try {
        band_lower_edges_hz(settings);
    } catch (const BadSetting& error) {
        message = error.what();
    }
    CHECK(message == "bands: 3 crossovers_hz make 4 bands, not 3; add or take out one or the other");
}
