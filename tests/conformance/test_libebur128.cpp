// SPDX-License-Identifier: GPL-3.0-or-later
// The meters beside libebur128, on noise and on music.
#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "dsp/core/decibel.h"
#include "dsp/measure/loudness.h"
#include "dsp/measure/true_peak.h"
#include "tests/conformance/music.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

LoudnessBlocks metered(const AudioBuffer<double>& audio, double rate) {
    LoudnessMeter<double> meter(audio.channels(), rate);
    meter.push(audio.view());
    meter.finish();
    return meter.blocks();
}

struct Destroy {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Ebur128 = std::unique_ptr<ebur128_state, Destroy>;

Ebur128 ebur128(int channels, double rate, int mode) {
    Ebur128 state(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(rate), mode));
    REQUIRE(state);
    return state;
}
void feed(ebur128_state& state, AudioView<const double> audio) {
    std::vector<double> interleaved(static_cast<std::size_t>(audio.frames * audio.channels));
    for (Frames n = 0; n < audio.frames; ++n)
        for (int c = 0; c < audio.channels; ++c)
            interleaved[static_cast<std::size_t>(n * audio.channels + c)] = audio.channel(c)[n];
    REQUIRE(ebur128_add_frames_double(&state, interleaved.data(), static_cast<std::size_t>(audio.frames)) ==
            EBUR128_SUCCESS);
}
Ebur128 fed(const AudioBuffer<double>& audio, double rate, int mode) {
    Ebur128 state = ebur128(audio.channels(), rate, mode);
    feed(*state, audio.view());
    return state;
}
double global_lufs(ebur128_state& state) {
    double lufs = 0;
    REQUIRE(ebur128_loudness_global(&state, &lufs) == EBUR128_SUCCESS);
    return lufs;
}

/// libebur128 takes a short-term value a second. Ten of it, each fed from a tenth of a second later and all with 1.5 s
/// of silence behind, pool the values that Tech 3342 asks of file meters.
double range_lu(const AudioBuffer<double>& audio, double rate) {
    const auto tenth = static_cast<Frames>(rate / 10);
    AudioBuffer<double> with_silence(audio.channels(), audio.frames() / tenth * tenth + 15 * tenth);
    copy_audio<double>(audio.view().slice(0, audio.frames() / tenth * tenth),
                       with_silence.view().slice(0, audio.frames() / tenth * tenth));
    std::vector<Ebur128> states;
    std::vector<ebur128_state*> raw;
    for (Frames k = 0; k < 10; ++k) {
        states.push_back(ebur128(audio.channels(), rate, EBUR128_MODE_LRA));
        feed(*states.back(), with_silence.view().slice(k * tenth, with_silence.frames() - k * tenth));
        raw.push_back(states.back().get());
    }
    double range = 0;
    REQUIRE(ebur128_loudness_range_multiple(raw.data(), raw.size(), &range) == EBUR128_SUCCESS);
    return range;
}

double true_peak_db(const AudioBuffer<double>& audio) {
    SerialWorkers workers;
    TruePeakMeter<double> meter(audio.channels(), workers);
    meter.push(audio.view());
    meter.finish();
    return db_from_gain(meter.true_peak().value);
}
double their_true_peak_db(const AudioBuffer<double>& audio, double rate) {
    const Ebur128 state = fed(audio, rate, EBUR128_MODE_TRUE_PEAK);
    double largest = 0;
    for (int c = 0; c < audio.channels(); ++c) {
        double peak = 0;
        REQUIRE(ebur128_true_peak(state.get(), static_cast<unsigned>(c), &peak) == EBUR128_SUCCESS);
        largest = std::max(largest, peak);
    }
    return db_from_gain(largest);
}

void check_integrated(const char* material, const AudioBuffer<double>& audio, double rate) {
    const double error =
        std::abs(integrated_lufs(metered(audio, rate)).value() - global_lufs(*fed(audio, rate, EBUR128_MODE_I)));
    CHECK(error < test::record("Loudness", "integrated, " + std::string(material), "libebur128", 0.01, error, "LU"));
}
void check_range(const char* material, const AudioBuffer<double>& audio, double rate) {
    const double error = std::abs(loudness_range_lu(metered(audio, rate)).value() - range_lu(audio, rate));
    CHECK(error < test::record("Loudness range", material, "libebur128, ten meters 0.1 s apart", 0.01, error, "LU"));
}

}  // namespace

TEST_CASE("loudness: noise in level steps and a song read as libebur128 reads them", "[conformance]") {
    const auto [rate, channels] = GENERATE(std::pair{44100.0, 1}, std::pair{44100.0, 2}, std::pair{48000.0, 6},
                                           std::pair{96000.0, 2}, std::pair{192000.0, 1});
    CAPTURE(rate, channels);
    check_integrated("noise in level steps", test::stepped_noise(rate, channels, 3.2, {-30, -18, -45, -23, -12, -60}),
                     rate);
    if (channels == 2 && rate == 44100) check_integrated("a song", test::song(), rate);
}

TEST_CASE("loudness: momentary and short-term maxima of noise are those libebur128 shows each 10 ms", "[conformance]") {
    const double rate = GENERATE(44100.0, 48000.0);
    const auto audio = test::stepped_noise(rate, 2, 1.37, {-30, -18, -45, -23, -12, -60});
    const auto hop = static_cast<Frames>(rate / 100);
    const Ebur128 state = ebur128(2, rate, EBUR128_MODE_S);
    double momentary = -HUGE_VAL, short_term = -HUGE_VAL, lufs = 0;
    for (Frames k = 0; (k + 1) * hop <= audio.frames(); ++k) {
        feed(*state, audio.view().slice(k * hop, hop));
        if (k >= 39 && ebur128_loudness_momentary(state.get(), &lufs) == EBUR128_SUCCESS)
            momentary = std::max(momentary, lufs);
        if (k >= 299 && ebur128_loudness_shortterm(state.get(), &lufs) == EBUR128_SUCCESS)
            short_term = std::max(short_term, lufs);
    }
    const LoudnessBlocks blocks = metered(audio, rate);
    const double errors[] = {std::abs(momentary_max_lufs(blocks).value() - momentary),
                             std::abs(short_term_max_lufs(blocks).value() - short_term)};
    CHECK(errors[0] < test::record("Loudness", "maximum momentary, noise", "libebur128", 0.01, errors[0], "LU"));
    CHECK(errors[1] < test::record("Loudness", "maximum short-term, noise", "libebur128", 0.01, errors[1], "LU"));
}

TEST_CASE("loudness: over time it is what libebur128 shows after each 10 ms of noise in level steps", "[conformance]") {
    const auto [rate, channels] = GENERATE(std::pair{44100.0, 2}, std::pair{48000.0, 6}, std::pair{96000.0, 1});
    CAPTURE(rate, channels);
    const auto audio = test::stepped_noise(rate, channels, 1.37, {-30, -18, -45, -23, -12, -60});
    LoudnessCurves curves;
    LoudnessMeter<double> meter(channels, rate, MonoWeight::single, &curves);
    meter.push(audio.view());
    meter.finish();
    const auto hop = static_cast<Frames>(rate / 100);
    REQUIRE(std::ssize(curves.momentary_lufs) == audio.frames() / hop);
    const Ebur128 state = ebur128(channels, rate, EBUR128_MODE_S);
    double errors[] = {0, 0}, lufs = 0;
    for (Frames k = 0; (k + 1) * hop <= audio.frames(); ++k) {
        feed(*state, audio.view().slice(k * hop, hop));
        const auto at = static_cast<std::size_t>(k);
        if (k >= 39 && ebur128_loudness_momentary(state.get(), &lufs) == EBUR128_SUCCESS)
            errors[0] = std::max(errors[0], std::abs(curves.momentary_lufs[at] - lufs));
        if (k >= 299 && ebur128_loudness_shortterm(state.get(), &lufs) == EBUR128_SUCCESS)
            errors[1] = std::max(errors[1], std::abs(curves.short_term_lufs[at] - lufs));
        REQUIRE(std::isnan(curves.momentary_lufs[at]) == (k < 39));
        REQUIRE(std::isnan(curves.short_term_lufs[at]) == (k < 299));
    }
    CHECK(errors[0] < test::record("Loudness", "momentary each 10 ms, noise", "libebur128", 0.01, errors[0], "LU"));
    CHECK(errors[1] < test::record("Loudness", "short-term each 10 ms, noise", "libebur128", 0.01, errors[1], "LU"));
}

TEST_CASE("loudness: an album is gated once over all its tracks, as libebur128 does", "[conformance]") {
    std::vector<LoudnessBlocks> blocks;
    std::vector<Ebur128> references;
    std::vector<ebur128_state*> states;
    double mean = 0;
    for (const double level : {-35.0, -14.0, -23.0, -60.0}) {
        const auto audio = test::stepped_noise(44100, 2, 4, {level, level - 5}, static_cast<unsigned>(-level));
        blocks.push_back(metered(audio, 44100));
        references.push_back(fed(audio, 44100, EBUR128_MODE_I));
        states.push_back(references.back().get());
        mean += integrated_lufs(blocks.back()).value() / 4;
    }
    std::vector<LoudnessPart> parts;
    for (const LoudnessBlocks& b : blocks) parts.push_back({&b});
    double expected = 0;
    ebur128_loudness_global_multiple(states.data(), states.size(), &expected);
    const double error = std::abs(integrated_lufs(parts).value() - expected);
    CHECK(error < test::record("Loudness", "integrated, an album", "libebur128", 0.01, error, "LU"));
    CHECK(std::abs(mean - expected) > 5);  // a mean of readings is another thing
    CHECK_THAT(momentary_max_lufs(parts).value(), WithinAbs(momentary_max_lufs(blocks[1]).value(), 1e-12));
    CHECK_THAT(short_term_max_lufs(parts).value(), WithinAbs(short_term_max_lufs(blocks[1]).value(), 1e-12));
}

TEST_CASE("loudness range: is that of ten libebur128 a tenth of a second apart, on noise and a song", "[conformance]") {
    const double rate = GENERATE(44100.0, 48000.0);
    CAPTURE(rate);
    check_range("noise in level steps", test::stepped_noise(rate, 1, 6, {-30, -18, -45, -23, -12, -60}), rate);
    if (rate == 44100) check_range("a song", test::song(), rate);
}

TEST_CASE("loudness range: a single libebur128, which takes a value a second, reads within 0.3 LU on a minute of noise",
          "[conformance]") {
    const auto audio = test::stepped_noise(48000, 1, 12, {-26, -20, -16, -23, -14});
    double theirs = 0;
    ebur128_loudness_range(fed(audio, 48000, EBUR128_MODE_LRA).get(), &theirs);
    const double error = std::abs(loudness_range_lu(metered(audio, 48000)).value() - theirs);
    CHECK(error <
          test::record("Loudness range", "a minute of noise", "libebur128, one value a second", 0.3, error, "LU"));
}

TEST_CASE("true peak: is not below libebur128's by more than 0.12 dB, on noise and a song", "[conformance]") {
    const double rate = GENERATE(44100.0, 48000.0, 96000.0);
    CAPTURE(rate);
    const auto check = [&](const char* material, const AudioBuffer<double>& audio) {
        const double below = their_true_peak_db(audio, rate) - true_peak_db(audio);
        CHECK(below <
              test::record("True peak", "how far below, " + std::string(material), "libebur128", 0.12, below, "dB"));
    };
    for (unsigned seed = 1; seed <= 8; ++seed) {
        check("pink noise", test::pink_noise(0.1, 100000, 2, seed));
        check("white noise", test::noise(0.1, 100000, 2, seed));
    }
    if (rate == 44100) check("a song", test::song());
}
