// SPDX-License-Identifier: GPL-3.0-or-later
// EBU Tech 3341, Table 1: the synthetic signals for loudness, cases 1 to 6 and 9 to 14, at every usual rate. Each is
// held to the standard's ±0.1 LU and to 0.01 LU of what an ideal meter reads.
#include <algorithm>
#include <cmath>
#include <string>

#include "dsp/core/decibel.h"
#include "tests/conformance/programme.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using test::IdealReading;
using test::metered;
using test::Segment;
using test::silence;

namespace {
double any_rate() { return GENERATE(44100.0, 48000.0, 96000.0, 192000.0); }

void check_reading(int number, const char* what, double lufs, double nominal, double exact) {
    CAPTURE(number, what, lufs, nominal, exact);
    CHECK_THAT(lufs, WithinAbs(nominal, 0.1));
    const std::string claim = "EBU Tech 3341 case " + std::to_string(number) + ": " + what;
    CHECK(std::abs(lufs - exact) <
          test::record("Loudness", claim, "exact mean of the tone's levels", 0.01, std::abs(lufs - exact), "LU"));
}
}  // namespace

TEST_CASE("loudness: a steady stereo sine reads its level (EBU Tech 3341, cases 1 and 2)", "[conformance]") {
    const double rate = any_rate(), level = GENERATE(-23.0, -33.0);
    const int number = level == -23 ? 1 : 2;
    CAPTURE(rate);
    const LoudnessBlocks blocks = metered(rate, {{20, level}});
    const double exact = level + db_from_power(2) + test::sine_reading_lufs(rate);
    check_reading(number, "integrated", integrated_lufs(blocks).value(), level, exact);
    check_reading(number, "momentary", momentary_max_lufs(blocks).value(), level, exact);
    check_reading(number, "short-term", short_term_max_lufs(blocks).value(), level, exact);
}

TEST_CASE("loudness: case 1 reads -22.993 at 48 kHz and -22.991 at 44.1 kHz", "[conformance]") {
    CHECK_THAT(integrated_lufs(metered(48000, {{20, -23}})).value(), WithinAbs(-22.993, 0.001));
    CHECK_THAT(integrated_lufs(metered(44100, {{20, -23}})).value(), WithinAbs(-22.991, 0.001));
}

TEST_CASE("loudness: gates leave out what is quiet (EBU Tech 3341, cases 3 to 5)", "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    const auto check = [&](int number, const std::vector<Segment>& segments) {
        check_reading(number, "integrated", integrated_lufs(metered(rate, segments)).value(), -23,
                      IdealReading(rate, segments).integrated_lufs());
    };
    check(3, {{10, -36}, {60, -23}, {10, -36}});
    check(4, {{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}});
    check(5, {{20, -26}, {20.1, -20}, {20, -26}});
}

TEST_CASE("loudness: surround channels weigh 1.41 and the LFE nothing (EBU Tech 3341, case 6)", "[conformance]") {
    const double rate = any_rate();
    const int channels = GENERATE(5, 6);
    CAPTURE(rate, channels);
    std::vector<double> levels{-28, -28, -24, -30, -30};
    if (channels == 6) levels.insert(levels.begin() + 3, -3);  // a loud LFE
    const double lufs = integrated_lufs(test::metered_channels(rate, levels)).value();
    const double power = 2 * power_from_db(-28) + power_from_db(-24) + 2 * 1.41 * power_from_db(-30);
    check_reading(6, "integrated, 5.0 and 5.1", lufs, -23, db_from_power(power) + test::sine_reading_lufs(rate));
    if (rate == 48000) CHECK_THAT(lufs, WithinAbs(-23.016, 0.001));
}

TEST_CASE("loudness: short-term loudness is the mean of 3 s (EBU Tech 3341, case 9)", "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    std::vector<Segment> segments;
    for (int i = 0; i < 5; ++i) segments.insert(segments.end(), {{1.34, -20}, {1.66, -30}});
    const double exact = IdealReading(rate, segments).short_term_max_lufs();
    const auto curve = short_term_curve_lufs(metered(rate, segments));
    REQUIRE(curve.size() == 121);
    for (const double lufs : curve) check_reading(9, "short-term, constant", lufs, -23, exact);
}

TEST_CASE("loudness: a 3 s tone reads its level in short-term loudness wherever it starts (EBU Tech 3341, case 10)",
          "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    for (int i = 0; i < 20; ++i) {
        const std::vector<Segment> segments{{i * 0.15, silence}, {3, -23}, {1, silence}};
        check_reading(10, "maximum short-term", short_term_max_lufs(metered(rate, segments)).value(), -23,
                      IdealReading(rate, segments).short_term_max_lufs());
    }
}

TEST_CASE("loudness: maximum short-term loudness follows louder and louder tones (EBU Tech 3341, case 11)",
          "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    std::vector<Segment> segments;
    for (int i = 0; i < 20; ++i)
        segments.insert(segments.end(), {{i * 0.15, silence}, {3, -38.0 + i}, {3 - i * 0.15, silence}});
    const auto blocks = test::metered_at_each_end(rate, segments);
    for (int i = 0; i < 20; ++i)
        check_reading(11, "maximum short-term in turn",
                      short_term_max_lufs(blocks[static_cast<std::size_t>(3 * i + 2)]).value(), -38.0 + i,
                      -38.0 + i + db_from_power(2) + test::sine_reading_lufs(rate));
}

TEST_CASE("loudness: momentary loudness is the mean of 400 ms (EBU Tech 3341, case 12)", "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    std::vector<Segment> segments;
    for (int i = 0; i < 25; ++i) segments.insert(segments.end(), {{0.18, -20}, {0.22, -30}});
    const double exact = IdealReading(rate, segments).momentary_max_lufs();
    const LoudnessBlocks blocks = metered(rate, segments);
    const auto curve = momentary_curve_lufs(blocks);
    REQUIRE(curve.size() == 97);
    for (std::size_t k = 6; k < curve.size(); ++k) check_reading(12, "momentary, constant", curve[k], -23, exact);
    check_reading(12, "maximum momentary", momentary_max_lufs(blocks).value(), -23, exact);
}

TEST_CASE("loudness: a 400 ms tone reads its level in momentary loudness wherever it starts (EBU Tech 3341, case 13)",
          "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    for (int i = 0; i < 20; ++i) {
        const std::vector<Segment> segments{{i * 0.02, silence}, {0.4, -23}, {1, silence}};
        check_reading(13, "maximum momentary", momentary_max_lufs(metered(rate, segments)).value(), -23,
                      IdealReading(rate, segments).momentary_max_lufs());
    }
}

TEST_CASE("loudness: maximum momentary loudness follows louder and louder tones (EBU Tech 3341, case 14)",
          "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    std::vector<Segment> segments;
    for (int i = 0; i < 20; ++i)
        segments.insert(segments.end(), {{i * 0.02, silence}, {0.4, -38.0 + i}, {0.4 - i * 0.02, silence}});
    const auto blocks = test::metered_at_each_end(rate, segments);
    for (int i = 0; i < 20; ++i)
        check_reading(14, "maximum momentary in turn",
                      momentary_max_lufs(blocks[static_cast<std::size_t>(3 * i + 2)]).value(), -38.0 + i,
                      -38.0 + i + db_from_power(2) + test::sine_reading_lufs(rate));
}
