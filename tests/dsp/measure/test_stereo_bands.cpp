// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/stereo_bands.h"

#include <cmath>
#include <numbers>

#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

StereoBands bands_of(const AudioBuffer<float>& audio, double rate, Frames cut = 0) {
    StereoBandsMeter meter(rate);
    const Frames step = cut > 0 ? cut : audio.frames();
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(audio.view().slice(n, std::min(step, audio.frames() - n)));
    return meter.finish();
}

/// Adds a sine: so loud to the left and the right, the right one ahead by a phase.
void add_sine(AudioBuffer<float>& audio, double rate, double hz, double left, double right, double phase) {
    for (Frames n = 0; n < audio.frames(); ++n) {
        const double turn = 2 * std::numbers::pi * hz * static_cast<double>(n) / rate;
        audio.channel(0)[n] += static_cast<float>(left * std::sin(turn));
        audio.channel(1)[n] += static_cast<float>(right * std::sin(turn + phase));
    }
}

}  // namespace

TEST_CASE("stereo by band: sines in phase, opposite, on one side and a quarter apart, each in its band", "[stereo]") {
    const double rate = GENERATE(44100.0, 96000.0);
    AudioBuffer<float> audio(2, static_cast<Frames>(rate) * 2);
    add_sine(audio, rate, 50, 0.2, 0.2, 0);
    add_sine(audio, rate, 400, 0.2, 0.2, std::numbers::pi);
    add_sine(audio, rate, 3000, 0.2, 0.1, std::numbers::pi / 2);
    add_sine(audio, rate, 9000, 0.2, 0, 0);
    const StereoBands found = bands_of(audio, rate);
    const auto near = [](double value) { return WithinAbs(value, 2e-3); };
    CHECK_THAT(static_cast<double>(found.bands[0].correlation), near(1));
    CHECK_THAT(static_cast<double>(found.bands[0].width), near(0));
    CHECK_THAT(static_cast<double>(found.bands[1].correlation), near(-1));
    CHECK_THAT(static_cast<double>(found.bands[1].width), near(1));
    CHECK_THAT(static_cast<double>(found.bands[2].correlation), near(0));
    CHECK_THAT(static_cast<double>(found.bands[2].width), near(0.5));
    CHECK_THAT(static_cast<double>(found.bands[3].width), near(0.5));
    AudioBuffer<float> one_side(2, audio.frames());
    add_sine(one_side, rate, 9000, 0.2, 0, 0);
    CHECK(std::isnan(bands_of(one_side, rate).all.correlation));
}

TEST_CASE("stereo by band: noise of a known mix correlates as its formula says, in every band and in all", "[stereo]") {
    constexpr double share = 0.3;  // of the other channel: correlation 2 s / (1 + s²), width (1 − s)² / (2 (1 + s²))
    const AudioBuffer<double> own = noise(0.1, 44100 * 20, 2);
    AudioBuffer<float> audio(2, own.frames());
    for (Frames n = 0; n < own.frames(); ++n)
        for (int c = 0; c < 2; ++c)
            audio.channel(c)[n] = static_cast<float>(own.channel(c)[n] + share * own.channel(1 - c)[n]);
    const StereoBands found = bands_of(audio, 44100);
    const auto check = [](const StereoFigures& f, double within) {
        CHECK_THAT(static_cast<double>(f.correlation), WithinAbs(2 * share / (1 + share * share), within));
        CHECK_THAT(static_cast<double>(f.width),
                   WithinAbs((1 - share) * (1 - share) / (2 * (1 + share * share)), within));
    };
    check(found.all, 0.005);
    check(found.bands[0], 0.05);
    for (std::size_t b = 1; b < 4; ++b) check(found.bands[b], 0.01);
}

TEST_CASE("stereo by band: however the programme is cut, and mono is of no width", "[stereo]") {
    const AudioBuffer<float> audio = as<float>(pink_noise(0.1, 50000, 2));
    const StereoBands whole = bands_of(audio, 48000), cut = bands_of(audio, 48000, 777);
    for (std::size_t b = 0; b < 4; ++b) CHECK(whole.bands[b].correlation == cut.bands[b].correlation);
    CHECK(whole.all.width == cut.all.width);
    AudioBuffer<float> mono(2, audio.frames());
    for (int c = 0; c < 2; ++c) std::copy_n(audio.channel(0), audio.frames(), mono.channel(c));
    CHECK(bands_of(mono, 48000).all.width < 1e-6f);
    CHECK(std::isnan(bands_of(AudioBuffer<float>(2, 9000), 48000).all.width));
}
