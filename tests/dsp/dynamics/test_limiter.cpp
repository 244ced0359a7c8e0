// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"
#include "tests/support/muddled_workers.h"

using namespace lathe;
using namespace lathe::test;

namespace {

template <class Sample>
AudioBuffer<Sample> limited(const AudioBuffer<Sample>& audio, const LimiterSettings& settings, double ceiling_db,
                            double rate, Frames cut = 0, double mix = 1) {
    SerialWorkers workers;
    LimiterStage<Sample> stage(settings, ceiling_db, mix, rate, audio.channels(), workers);
    return run_stage<Sample>(stage, audio, cut);
}

LimiterSettings with_lookahead(double ms) {
    LimiterSettings settings;
    settings.lookahead_ms = ms;
    return settings;
}

// The gain in dB, frame by frame, told by the channel 1 that carries a small constant.
std::vector<double> gain_db(const AudioBuffer<double>& out, double constant) {
    std::vector<double> gain;
    for (Frames n = 0; n < out.frames(); ++n) gain.push_back(db_from_gain(out.channel(1)[n] / constant));
    return gain;
}

// A tone for `loud` frames, 6 dB above the ceiling of 0 dB, then silence; a small constant beside it.
constexpr double beside = 1e-3;
std::vector<double> gain_after_tone(const LimiterSettings& settings, Frames loud, Frames behind, double rate) {
    AudioBuffer<double> audio = sine(1000, 2, rate, loud + behind, 2);
    std::fill_n(audio.channel(0) + loud, behind, 0.0);
    std::fill_n(audio.channel(1), audio.frames(), beside);
    return gain_db(limited(audio, settings, 0, rate), beside);
}

// Milliseconds from frame `from` until the reduction has fallen to 36.8 % of what it is there.
double fall_ms(const std::vector<double>& gain, Frames from, double rate) {
    const auto first = gain.begin() + from;
    const double until = *first * std::exp(-1);
    const auto fallen = std::find_if(first, gain.end(), [&](double g) { return g > until; });
    return 1000 * static_cast<double>(fallen - first) / rate;
}

// What is left of one channel's frames [from, to) when the best fitting sine of hz is taken out, in dB of that sine.
double distortion_db(const double* x, Frames from, Frames to, double hz, double rate) {
    double cc = 0, ss = 0, cs = 0, xc = 0, xs = 0;
    for (Frames n = from; n < to; ++n) {
        const double w = 2 * std::numbers::pi * hz * static_cast<double>(n) / rate, c = std::cos(w), s = std::sin(w);
        cc += c * c, ss += s * s, cs += c * s, xc += x[n] * c, xs += x[n] * s;
    }
    const double det = cc * ss - cs * cs, a = (xc * ss - xs * cs) / det, b = (xs * cc - xc * cs) / det;
    double rest = 0;
    for (Frames n = from; n < to; ++n) {
        const double w = 2 * std::numbers::pi * hz * static_cast<double>(n) / rate;
        const double r = x[n] - a * std::cos(w) - b * std::sin(w);
        rest += r * r;
    }
    return 10 * std::log10(rest / (static_cast<double>(to - from) * (a * a + b * b) / 2));
}

template <class Sample>
bool same_bits(const AudioBuffer<Sample>& a, const AudioBuffer<Sample>& b) {
    if (a.channels() != b.channels() || a.frames() != b.frames()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames(), b.channel(c))) return false;
    return true;
}

}  // namespace

TEST_CASE("limiter: the contract's meter reads no more than the ceiling and 0.005 dB", "[limiter]") {
    const int kind = GENERATE(range(0, hot_signals));
    const double rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    const double lookahead = GENERATE(0.1, 1.0, 5.0, 20.0);
    CAPTURE(hot_signal_names[kind], rate, lookahead);
    const AudioBuffer<float> audio = as<float>(hot_signal(kind, 12000));
    const AudioBuffer<float> out = limited(audio, with_lookahead(lookahead), -1, rate);
    REQUIRE(out.frames() == audio.frames());
    const double over = true_peak_db(out) + 1;
    CHECK(over <
          record("Limiter", "over the ceiling, hot signals, 44.1 to 192 kHz", "true-peak meter", 0.005, over, "dB"));
    CHECK(over > -0.1);
}

TEST_CASE("limiter: with 5 ms of lookahead hardly anything is left to repair", "[limiter]") {
    const int kind = GENERATE(range(0, hot_signals));
    CAPTURE(hot_signal_names[kind]);
    SerialWorkers workers;
    LimiterStage<float> stage(with_lookahead(5), -1, 1, 44100, 2, workers);
    run_stage<float>(stage, as<float>(hot_signal(kind, 12000)));
    CHECK(stage.report().repair_db < 0.02);
    CHECK(stage.report().max_reduction_db > 1);
}

TEST_CASE("limiter: holds its ceiling in every style, linked or not, driven by 12 dB", "[limiter]") {
    LimiterSettings settings = with_lookahead(GENERATE(0.5, 5.0));
    settings.style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense);
    settings.link = GENERATE(0.0, 0.6, 1.0);
    settings.drive_db = 12;
    if (GENERATE(false, true)) settings.release_ms.word = "auto";
    const double over = true_peak_db(limited(as<float>(swelling_noise(30000)), settings, -0.3, 44100)) + 0.3;
    CHECK(over < record("Limiter", "over the ceiling, noise driven by 12 dB, every style", "true-peak meter", 0.005,
                        over, "dB"));
}

TEST_CASE("limiter: two sines joined at any offset stay below the ceiling", "[limiter]") {
    double worst = -100;
    for (int offset = 0; offset < 200; ++offset) {
        AudioBuffer<double> audio = sine(997, 0.9, 44100, 3000);
        const AudioBuffer<double> other = sine(5003, 1.8, 44100, 3000, 1, 0.1 * offset);
        std::copy(other.channel(0) + 1500 + offset, other.channel(0) + 3000, audio.channel(0) + 1500 + offset);
        worst = std::max(worst, true_peak_db(limited(as<float>(audio), with_lookahead(1), -1, 44100)));
    }
    CHECK(worst + 1 < record("Limiter", "over the ceiling, two sines joined at any offset", "true-peak meter", 0.005,
                             worst + 1, "dB"));
}

TEST_CASE("limiter: what stays below the ceiling comes out bit for bit", "[limiter]") {
    const Frames cut = GENERATE(0, 777);
    AudioBuffer<double> audio = noise(0.05, 20000, 2);
    REQUIRE(true_peak_db(audio) < -6.1);
    CHECK(same_bits(limited(audio, LimiterSettings{}, -6, 44100, cut), audio));
    const AudioBuffer<float> rounded = as<float>(audio);
    CHECK(same_bits(limited(rounded, LimiterSettings{}, -6, 44100, cut), rounded));
}

TEST_CASE("limiter: a frame stays in its place, untouched outside the reach of lookahead, hold and release",
          "[limiter]") {
    const double lookahead_ms = GENERATE(2.0, 0.1);  // 0.1 ms: 4 frames, of which each bears much of the dip
    LimiterSettings settings = with_lookahead(lookahead_ms);
    settings.style = LimiterStyle::dense;
    settings.release_ms.number = 1;
    AudioBuffer<float> audio = as<float>(noise(0.01, 12000, 1));
    audio.channel(0)[4000] = 2;
    SerialWorkers workers;
    LimiterStage<float> stage(settings, 0, 1, 44100, 1, workers);
    const AudioBuffer<float> out = run_stage<float>(stage, audio);
    CHECK_THAT(db_from_gain(out.channel(0)[4000]), WithinAbs(0, 0.003));
    CHECK(stage.report().repair_db == 0);  // all of the reduction has come in time
    // A peak's interval, and the frame on its other side, begin a little early.
    const Frames lookahead = std::lround(44.1 * lookahead_ms) + 2;
    CHECK(std::equal(audio.channel(0), audio.channel(0) + 4000 - lookahead, out.channel(0)));
    CHECK(std::equal(audio.channel(0) + 9000, audio.channel(0) + 12000, out.channel(0) + 9000));
}

TEST_CASE("limiter: a peak between two frames finds its reduction complete on both", "[limiter]") {
    const double lookahead_ms = GENERATE(0.1, 0.2, 2.0);  // 0.1 ms: 4 frames, of which each bears much of the dip
    LimiterSettings settings = with_lookahead(lookahead_ms);
    settings.style = LimiterStyle::dense;
    settings.release_ms.number = 1;
    AudioBuffer<double> audio(1, 12000);
    audio.channel(0)[4000] = audio.channel(0)[4001] = 2;
    const AudioBuffer<double> out = limited(audio, settings, 0, 44100);
    CAPTURE(lookahead_ms);
    CHECK_THAT(db_from_gain(out.channel(0)[4001] / out.channel(0)[4000]), WithinAbs(0, 1e-9));
}

TEST_CASE("limiter: the reduction falls by 63 % in release_ms, in every style", "[limiter]") {
    const double rate = GENERATE(44100.0, 96000.0);
    LimiterSettings settings;
    settings.style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense);
    settings.release_ms.number = GENERATE(120.0, 700.0);
    settings.lookahead_ms = 1;
    const auto loud = static_cast<Frames>(rate);
    const std::vector<double> gain = gain_after_tone(settings, loud, 2 * loud, rate);
    const auto starts = std::find_if(gain.begin() + loud - 50, gain.end(), [](double g) { return g > -6.0; });
    CHECK_THAT(fall_ms(gain, starts - gain.begin(), rate), WithinRel(settings.release_ms.number, 0.05));
}

TEST_CASE("limiter: with \"auto\" a short peak lets go fast, a long one slowly", "[limiter]") {
    LimiterSettings settings;
    settings.release_ms.word = "auto";
    settings.style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense);
    const double rate = 48000;
    const double after_peak = fall_ms(gain_after_tone(settings, 96, 96000, rate), 96, rate);
    const double after_tone = fall_ms(gain_after_tone(settings, 96000, 96000, rate), 96000, rate);
    CAPTURE(after_peak, after_tone);
    CHECK(after_peak < 110);
    CHECK(after_peak > 30);
    CHECK(after_tone > 350);
    CHECK(after_tone < 1050);
}

TEST_CASE("limiter: a clean one holds its gain still over steady tones of 40 Hz and above", "[limiter]") {
    const double hz = GENERATE(40.0, 50.0, 100.0, 1000.0), rate = 44100;
    const AudioBuffer<double> audio = sine(hz, 2, rate, 100000);
    LimiterSettings settings;
    settings.release_ms.number = 120;
    const AudioBuffer<double> out = limited(audio, settings, 0, rate);
    const double rest = distortion_db(out.channel(0), 44100, 88200, hz, rate);
    CAPTURE(hz, rest);
    CHECK(rest < -100);  // THD+N below 0.001 %
}

TEST_CASE("limiter: a steady tone 6 dB down is distorted by as little as its style's hold allows", "[limiter]") {
    const auto style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense);
    const double hz = GENERATE(50.0, 1000.0), release_ms = GENERATE(20.0, 120.0), rate = 44100;
    LimiterSettings settings;
    settings.style = style;
    settings.release_ms.number = release_ms;
    const AudioBuffer<double> out = as<double>(limited(as<float>(sine(hz, 2, rate, 100000)), settings, 0, rate));
    const double rest = distortion_db(out.channel(0), 44100, 88200, hz, rate);
    // Half a period of 50 Hz is 10 ms: clean holds for longer, punchy for 2 ms, dense for the lookahead alone.
    const bool held = hz > 100 || style == LimiterStyle::clean;
    const double bound = held ? -130 : style == LimiterStyle::punchy ? -40 : -30;
    const std::string what = std::string("THD+N of a tone 6 dB down, ") +
                             std::string(limiter_styles[static_cast<std::size_t>(style)]) +
                             (hz > 100 ? ", 1 kHz" : ", 50 Hz");
    CAPTURE(what, release_ms);
    CHECK(rest < record("Limiter", what, "the sine that fits best", bound, rest, "dB"));
}

TEST_CASE("limiter: channels are linked as far as asked, in dB", "[limiter]") {
    LimiterSettings settings;
    settings.link = GENERATE(0.0, 0.25, 1.0);
    settings.release_ms.number = 500;
    const double expected = -6.0206 * settings.link;
    const std::vector<double> gain = gain_after_tone(settings, 44100, 100, 44100);
    CHECK_THAT(gain[30000], WithinAbs(expected, 0.01));
    if (settings.link == 0)
        CHECK(*std::min_element(gain.begin(), gain.end()) == *std::max_element(gain.begin(), gain.end()));
}

TEST_CASE("limiter: the same bits however the programme is cut and whoever helps", "[limiter]") {
    LimiterSettings settings;
    settings.drive_db = 9;
    settings.lookahead_ms = 0.7;
    settings.style = GENERATE(LimiterStyle::clean, LimiterStyle::punchy);
    settings.link = GENERATE(1.0, 0.5);
    settings.release_ms.word = "auto";
    const AudioBuffer<float> audio = as<float>(swelling_noise(50000));
    const AudioBuffer<float> whole = limited(audio, settings, -1, 44100);
    for (const Frames cut : {Frames(17), Frames(512), Frames(4099), Frames(30000)})
        CHECK(same_bits(limited(audio, settings, -1, 44100, cut), whole));
    MuddledWorkers workers;
    LimiterStage<float> stage(settings, -1, 1, 44100, 2, workers);
    CHECK(same_bits(run_stage<float>(stage, audio), whole));
}

TEST_CASE("limiter: instruction sets and sample types agree within -120 dBFS", "[limiter]") {
    LimiterSettings settings;
    settings.drive_db = 9;
    const AudioBuffer<double> audio = swelling_noise(40000);
    const AudioBuffer<float> rounded = as<float>(audio);
    const AudioBuffer<double> reference = limited(as<double>(rounded), settings, -1, 44100);
    test::on_every_isa([&] {
        CHECK(residual_dbfs(reference, as<double>(limited(rounded, settings, -1, 44100))) < -130);
        CHECK(residual_dbfs(reference, limited(as<double>(rounded), settings, -1, 44100)) < -130);
    });
}

TEST_CASE("limiter: a programme that begins later is limited alike, later", "[limiter]") {
    const Frames later = GENERATE(1, 100, 1000);
    LimiterSettings settings;
    settings.drive_db = 9;
    const AudioBuffer<double> audio = swelling_noise(30000);
    AudioBuffer<double> delayed(2, audio.frames() + later);
    copy_audio<double>(audio.view(), delayed.view().slice(later, audio.frames()));
    const AudioBuffer<double> out = limited(delayed, settings, -1, 44100);
    AudioBuffer<double> moved(2, audio.frames());
    copy_audio<double>(out.view().slice(later, audio.frames()), moved.view());
    CHECK(residual_dbfs(limited(audio, settings, -1, 44100), moved) < -130);
}

TEST_CASE("limiter: mix is a share of the limited sound", "[limiter]") {
    const AudioBuffer<double> audio = swelling_noise(30000);
    LimiterSettings settings;
    settings.drive_db = 6;
    const AudioBuffer<double> wet = limited(audio, settings, -1, 44100),
                              half = limited(audio, settings, -1, 44100, 0, 0.5);
    AudioBuffer<double> expected(2, audio.frames());
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            expected.channel(c)[n] = audio.channel(c)[n] + 0.5 * (wet.channel(c)[n] - audio.channel(c)[n]);
    CHECK(residual_dbfs(expected, half) < -70);  // the wet one is repaired, by hundredths of a dB
}

TEST_CASE("limiter: reports what it did", "[limiter]") {
    AudioBuffer<double> audio = sine(1000, 0.5, 44100, 88200);
    for (Frames n = 0; n < 44100; ++n) audio.channel(0)[n] *= 4;
    LimiterSettings settings;
    settings.release_ms.number = 1;
    SerialWorkers workers;
    LimiterStage<double> stage(settings, 0, 1, 44100, 1, workers);
    run_stage<double>(stage, audio, 1000);
    const LimiterReport report = stage.report();
    CHECK_THAT(report.max_reduction_db, WithinAbs(6.0206, 0.01));
    CHECK_THAT(report.mean_reduction_db, WithinAbs(6.0, 0.1));
    CHECK_THAT(report.active_share, WithinAbs(0.51, 0.01));
    REQUIRE(report.curve.size() == 200);
    CHECK_THAT(report.curve[50], WithinAbs(6.0206, 0.01));
    CHECK(report.curve[150] == 0);
}

TEST_CASE("limiter: dense is louder than punchy, punchy than clean", "[limiter]") {
    double loudness[3];
    for (int style = 0; style < 3; ++style) {
        LimiterSettings settings;
        settings.drive_db = 9;
        settings.style = static_cast<LimiterStyle>(style);
        settings.release_ms.number = 60;
        loudness[style] = rms_db(limited(swelling_noise(60000), settings, -1, 44100).view());
    }
    CHECK(loudness[1] > loudness[0] + 0.05);
    CHECK(loudness[2] > loudness[1] + 0.05);
}

TEST_CASE("limiter: refuses an attack longer than its lookahead", "[limiter]") {
    LimiterSettings settings = with_lookahead(2);
    settings.attack_ms = 3;
    SerialWorkers workers;
    CHECK_THROWS_AS(LimiterStage<float>(settings, -1, 1, 44100, 2, workers), BadSetting);
    settings.attack_ms = 1;
    CHECK(true_peak_db(limited(as<float>(swelling_noise(30000)), settings, -1, 44100)) < -1 + 0.005);
}

TEST_CASE("limiter: silence and the shortest programmes come out whole", "[limiter]") {
    const Frames frames = GENERATE(0, 1, 63, 600);
    const AudioBuffer<float> silence(2, frames);
    CHECK(same_bits(limited(silence, LimiterSettings{}, -1, 44100), silence));
}
