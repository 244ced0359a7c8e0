// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/fade.h"

#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

TEST_CASE("fade: every shape goes from 0 to 1 and never back", "[output]") {
    const auto shape = GENERATE(FadeShape::linear, FadeShape::cosine, FadeShape::exponential, FadeShape::equal_power);
    CAPTURE(static_cast<int>(shape));
    CHECK(fade_gain(shape, 0) == 0);
    CHECK_THAT(fade_gain(shape, 1), WithinAbs(1, 1e-15));
    for (int i = 0; i < 1000; ++i) CHECK(fade_gain(shape, i / 1000.0) < fade_gain(shape, (i + 1) / 1000.0));
    CHECK(fade_gain(shape, -1) == 0);
    CHECK_THAT(fade_gain(shape, 2), WithinAbs(1, 1e-15));
}

TEST_CASE(
    "fade: cosine crossfades add to constant amplitude, equal power to constant power, exponential falls evenly in dB",
    "[output]") {
    for (int i = 0; i <= 100; ++i) {
        const double p = i / 100.0;
        CHECK_THAT(fade_gain(FadeShape::linear, p), WithinAbs(p, 1e-15));
        CHECK_THAT(fade_gain(FadeShape::cosine, p) + fade_gain(FadeShape::cosine, 1 - p), WithinAbs(1, 1e-15));
        CHECK_THAT(
            std::pow(fade_gain(FadeShape::equal_power, p), 2) + std::pow(fade_gain(FadeShape::equal_power, 1 - p), 2),
            WithinAbs(1, 1e-15));
        if (p >= 0.34) CHECK_THAT(db_from_gain(fade_gain(FadeShape::exponential, p)), WithinAbs(60 * (p - 1), 1));
    }
    CHECK(fade_gain(FadeShape::cosine, 0.01) < 0.001);  // it starts level
}

TEST_CASE("fade: changes its own frames alone, by the gain of their place, however the programme is cut", "[output]") {
    const auto direction = GENERATE(Fade::Direction::in, Fade::Direction::out);
    const Fade fade{direction, FadeShape::cosine, 300, 500};
    const auto audio = test::noise(0.2, 1000, 2);
    auto whole = audio, pieces = audio;
    apply_fade(fade, whole.view(), 0);
    for (Frames n = 0; n < 1000; n += 130) apply_fade(fade, pieces.view().slice(n, std::min<Frames>(130, 1000 - n)), n);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < 1000; ++n) {
            double gain = 1;
            if (n >= 300 && n < 800) {
                const double into = static_cast<double>(n - 300) / 500;
                gain =
                    std::pow(std::sin(std::acos(-1.0) / 2 * (direction == Fade::Direction::in ? into : 1 - into)), 2);
            }
            CHECK_THAT(whole.channel(c)[n], WithinAbs(audio.channel(c)[n] * gain, 1e-15));
            CHECK(pieces.channel(c)[n] == whole.channel(c)[n]);
        }
}
