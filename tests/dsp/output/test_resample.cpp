// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/resample.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/core/error.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
class BackwardWorkers final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        for (int i = count; i-- > 0;) part(i);
    }
};

template <class Sample>
AudioBuffer<Sample> resampled(const AudioBuffer<Sample>& audio, double from, double to, Frames cut = 5000) {
    BackwardWorkers workers;
    Resampler<Sample> resampler(audio.channels(), from, to, workers);
    AudioQueue<Sample> out(audio.channels());
    for (Frames n = 0; n < audio.frames(); n += cut)
        resampler.push(audio.view().slice(n, std::min(cut, audio.frames() - n)), out);
    resampler.finish(out);
    AudioBuffer<Sample> result(out.channels(), out.frames());
    copy_audio<Sample>(out.view(), result.view());
    return result;
}

/// The level of a tone and of all that is not the tone, in dB of the tone sent, in the middle of the audio: the sine
/// and cosine that leave least.
struct Tone {
    double level_db, rest_db;
};
Tone tone_in(const AudioBuffer<double>& audio, double hz, double amplitude, double rate) {
    const Frames first = audio.frames() / 4, count = audio.frames() / 2;
    const double* x = audio.channel(0) + first;
    const auto turn = [&](Frames n) {
        return std::polar(1.0, 2 * std::numbers::pi * std::fmod(hz / rate * static_cast<double>(first + n), 1.0));
    };
    double cc = 0, ss = 0, cs = 0, xc = 0, xs = 0, rest = 0;
    for (Frames n = 0; n < count; ++n) {
        const double c = turn(n).real(), s = turn(n).imag();
        cc += c * c, ss += s * s, cs += c * s, xc += x[n] * c, xs += x[n] * s;
    }
    const double determinant = cc * ss - cs * cs, a = (xc * ss - xs * cs) / determinant,
                 b = (xs * cc - xc * cs) / determinant;
    for (Frames n = 0; n < count; ++n) rest += std::pow(x[n] - a * turn(n).real() - b * turn(n).imag(), 2);
    return {20 * std::log10(std::hypot(a, b) / amplitude),
            10 * std::log10(rest / static_cast<double>(count) / (amplitude * amplitude / 2))};
}
}  // namespace

TEMPLATE_TEST_CASE(
    "resampler: a sweep keeps its level within 0.01 dB to 20 kHz and brings no images, to the band's end", "[output]",
    float, double) {
    const auto [from, to] =
        GENERATE(std::pair{44100.0, 48000.0}, std::pair{48000.0, 44100.0}, std::pair{44100.0, 96000.0},
                 std::pair{96000.0, 44100.0}, std::pair{48000.0, 96000.0}, std::pair{96000.0, 48000.0});
    const bool is_float = std::is_same_v<TestType, float>;
    const double band = 0.5 * std::min(from, to);
    std::vector<double> tones;
    for (double hz = 20; hz < 20000; hz *= 1.25) tones.push_back(hz);
    for (double hz = 12000; hz < band; hz += 211) tones.push_back(hz);
    tones.push_back(20000);
    for (const double hz : tones) {
        CAPTURE(from, to, hz);
        const auto out = test::as<double>(resampled(test::as<TestType>(test::sine(hz, 0.5, from, 16000)), from, to));
        const Tone tone = tone_in(out, hz, 0.5, to);
        CHECK(tone.rest_db < test::record("Resampler",
                                          is_float ? "images and distortion of a sweep, float"
                                                   : "images and distortion of a sweep, double",
                                          "the tone sent", is_float ? -135 : -150, tone.rest_db, "dB"));
        if (hz > 20000) continue;
        const double error = std::abs(tone.level_db);
        CHECK(error < test::record("Resampler", "level of a sweep to 20 kHz", "the tone sent", 0.01, error, "dB"));
    }
}

TEMPLATE_TEST_CASE("resampler: of a sweep above the new band nothing is left above -120 dB", "[output]", float,
                   double) {
    const auto [from, to] = GENERATE(std::pair{48000.0, 44100.0}, std::pair{96000.0, 44100.0},
                                     std::pair{96000.0, 48000.0}, std::pair{192000.0, 96000.0});
    for (double hz = 0.5 * to * 1.001; hz < 0.5 * from; hz += 0.01 * (from - to)) {
        CAPTURE(from, to, hz);
        const auto out = test::as<double>(resampled(test::as<TestType>(test::sine(hz, 0.5, from, 16000)), from, to));
        const double tone_rms_db = -9.03;
        const double alias_db = test::rms_db(out.view().slice(out.frames() / 4, out.frames() / 2)) - tone_rms_db;
        CHECK(alias_db < test::record("Resampler", "aliases of a sweep above the new band", "the tone sent", -120,
                                      alias_db, "dB"));
    }
}

TEST_CASE("resampler: an impulse stays in its place and rings alike on either side", "[output]") {
    const double to = GENERATE(48000.0, 96000.0, 22050.0);
    AudioBuffer<double> audio(1, 44100);
    audio.channel(0)[22050] = 1;
    const auto out = resampled(audio, 44100, to);
    const double* centre = out.channel(0) + static_cast<Frames>(to / 2);
    CHECK(*std::max_element(out.channel(0), out.channel(0) + out.frames()) == *centre);
    for (Frames n = 1; n < 5000; ++n) CHECK_THAT(centre[n], WithinAbs(centre[-n], 1e-9));
}

TEST_CASE("resampler: the programme's length follows from the rates alone", "[output]") {
    const double from = GENERATE(22050.0, 44056.0, 44100.0, 48000.0, 96000.0, 192000.0);
    const double to = GENERATE(44100.0, 48000.0, 96000.0);
    for (const Frames frames : {0, 1, 2, 100, 8192, 44101}) {
        CAPTURE(from, to, frames);
        const auto out = resampled(test::as<float>(test::noise(0.1, frames, 2)), from, to);
        CHECK(out.frames() == std::llround(static_cast<double>(frames) * to / from));
        CHECK(out.channels() == 2);
    }
}

TEST_CASE("resampler: the same bits however the input is cut", "[output]") {
    const auto audio = test::as<float>(test::noise(0.1, 30000, 3));
    const auto whole = resampled(audio, 44100, 48000, audio.frames());
    const auto pieces = resampled(audio, 44100, 48000, GENERATE(97, 4096, 8191, 8193));
    REQUIRE(pieces.frames() == whole.frames());
    for (int c = 0; c < 3; ++c)
        CHECK(std::equal(whole.channel(c), whole.channel(c) + whole.frames(), pieces.channel(c)));
}

TEST_CASE("resampler: a channel alone comes out as among others", "[output]") {
    const auto audio = test::noise(0.1, 20000, 2);
    AudioBuffer<double> second(1, audio.frames());
    copy_audio<double>(audio.view().only(1), second.view());
    const auto both = resampled(audio, 48000, 44100), alone = resampled(second, 48000, 44100);
    REQUIRE(both.frames() == alone.frames());
    CHECK(std::equal(alone.channel(0), alone.channel(0) + alone.frames(), both.channel(1)));
}

TEST_CASE("resampler: refuses a rate that is none", "[output]") {
    SerialWorkers workers;
    CHECK_THROWS_AS(Resampler<float>(2, 44100, 0, workers), BadSetting);
}
