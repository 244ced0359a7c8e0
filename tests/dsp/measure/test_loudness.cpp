// SPDX-License-Identifier: GPL-3.0-or-later
// EBU Tech 3341 Table 1 and Tech 3342 Table 1: the synthetic cases, each at every usual rate.
#include <algorithm>
#include <complex>
#include <limits>

#include "dsp/measure/loudness.h"
#include "tests/dsp/measure/tone.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {
constexpr double silence = -std::numeric_limits<double>::infinity();
struct Segment {
    double seconds, level_db;
};

LoudnessBlocks measured(double rate, const std::vector<Segment>& segments, int channels = 2) {
    test::SteppedTone tone(rate);
    LoudnessMeter<float> meter(channels, rate);
    for (const Segment& s : segments) tone.play(s.seconds, s.level_db, channels, [&](auto view) { meter.push(view); });
    meter.finish();
    return meter.blocks();
}

/// What a stereo 1 kHz sine of 0 dBFS reads: K(1 kHz) − 0.691.
double reading_at_0_dbfs(double rate) {
    const KCoefficients k = k_coefficients(rate);
    const auto z = std::polar(1.0, -2 * std::numbers::pi * 1000 / rate);
    const auto response = (k.shelf.b0 + k.shelf.b1 * z + k.shelf.b2 * z * z) /
                          (1.0 + k.shelf.a1 * z + k.shelf.a2 * z * z) * (1.0 - 2.0 * z + z * z) /
                          (1.0 + k.high_pass.a1 * z + k.high_pass.a2 * z * z);
    return db_from_gain(std::abs(response)) - 0.691;
}
double any_rate() { return GENERATE(44100.0, 48000.0, 96000.0, 192000.0); }
}  // namespace

TEST_CASE("loudness: a steady stereo sine reads its level (EBU Tech 3341, cases 1 and 2)", "[conformance]") {
    const double rate = any_rate(), level = GENERATE(-23.0, -33.0);
    CAPTURE(rate, level);
    const LoudnessBlocks blocks = measured(rate, {{20, level}});
    const double exact = level + reading_at_0_dbfs(rate);
    for (const auto& lufs : {integrated_lufs(blocks), momentary_max_lufs(blocks), short_term_max_lufs(blocks)}) {
        REQUIRE(lufs);
        CHECK_THAT(*lufs, WithinAbs(level, 0.1));
        CHECK_THAT(*lufs, WithinAbs(exact, 0.003));
    }
}

TEST_CASE("loudness: case 1 reads -22.993 at 48 kHz and -22.991 at 44.1 kHz", "[conformance]") {
    CHECK_THAT(integrated_lufs(measured(48000, {{20, -23}})).value(), WithinAbs(-22.993, 0.001));
    CHECK_THAT(integrated_lufs(measured(44100, {{20, -23}})).value(), WithinAbs(-22.991, 0.001));
}

TEST_CASE("loudness: gates leave out what is quiet (EBU Tech 3341, cases 3 to 5)", "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    const double offset = reading_at_0_dbfs(rate);
    // Blocks on the border of two levels pass the gate in part; the last figure is what ideal block powers come to.
    const auto tail = [](double loud, double quiet, double share) {
        return share * power_from_db(loud) + (1 - share) * power_from_db(quiet);
    };
    const auto mean = [](double sum, double count) { return db_from_power(sum / count); };
    {
        const double lufs = integrated_lufs(measured(rate, {{10, -36}, {60, -23}, {10, -36}})).value();
        CHECK_THAT(lufs, WithinAbs(-23, 0.1));
        const double sum =
            597 * power_from_db(-23) + 2 * (tail(-23, -36, 0.25) + tail(-23, -36, 0.5) + tail(-23, -36, 0.75));
        CHECK_THAT(lufs, WithinAbs(mean(sum, 603) + offset, 0.005));
    }
    {
        const double lufs =
            integrated_lufs(measured(rate, {{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}})).value();
        CHECK_THAT(lufs, WithinAbs(-23, 0.1));
        const double sum =
            597 * power_from_db(-23) + 2 * (tail(-23, -36, 0.25) + tail(-23, -36, 0.5) + tail(-23, -36, 0.75));
        CHECK_THAT(lufs, WithinAbs(mean(sum, 603) + offset, 0.005));
    }
    {
        const double lufs = integrated_lufs(measured(rate, {{20, -26}, {20.1, -20}, {20, -26}})).value();
        CHECK_THAT(lufs, WithinAbs(-23, 0.1));
        const double sum = 198 * power_from_db(-20) + 2 * 197 * power_from_db(-26) +
                           2 * (tail(-20, -26, 0.25) + tail(-20, -26, 0.5) + tail(-20, -26, 0.75));
        CHECK_THAT(lufs, WithinAbs(mean(sum, 598) + offset, 0.005));
    }
}

TEST_CASE("loudness: surround channels weigh 1.41 and the LFE nothing (EBU Tech 3341, case 6)", "[conformance]") {
    const double rate = any_rate();
    const int channels = GENERATE(5, 6);
    CAPTURE(rate, channels);
    std::vector<double> levels{-28, -28, -24, -30, -30};
    if (channels == 6) levels.insert(levels.begin() + 3, -3);  // a loud LFE
    std::vector<double> gains;
    for (const double level : levels) gains.push_back(gain_from_db(level));
    test::SteppedTone tone(rate);
    LoudnessMeter<float> meter(channels, rate);
    tone.play(20, 0, 1, [&](AudioView<const float> mono) {
        AudioBuffer<float> audio(channels, mono.frames);
        for (int c = 0; c < channels; ++c)
            for (Frames n = 0; n < mono.frames; ++n)
                audio.channel(c)[n] =
                    static_cast<float>(mono.data[n] * gain_from_db(levels[static_cast<std::size_t>(c)]));
        meter.push(audio.view());
    });
    meter.finish();
    const double lufs = integrated_lufs(meter.blocks()).value();
    CHECK_THAT(lufs, WithinAbs(-23, 0.1));
    const double power = 2 * power_from_db(-28) + power_from_db(-24) + 2 * 1.41 * power_from_db(-30);
    CHECK_THAT(lufs, WithinAbs(db_from_power(power / 2) + reading_at_0_dbfs(rate), 0.003));
    if (rate == 48000) CHECK_THAT(lufs, WithinAbs(-23.016, 0.002));
}

TEST_CASE("loudness: short-term loudness is the mean of 3 s (EBU Tech 3341, case 9)", "[conformance]") {
    const double rate = any_rate();
    std::vector<Segment> segments;
    for (int i = 0; i < 5; ++i) segments.insert(segments.end(), {{1.34, -20}, {1.66, -30}});
    for (const double lufs : short_term_curve_lufs(measured(rate, segments))) CHECK_THAT(lufs, WithinAbs(-23, 0.1));
}

TEST_CASE("loudness: a 3 s tone reads its level in short-term loudness wherever it starts (EBU Tech 3341, case 10)",
          "[conformance]") {
    const double rate = any_rate();
    for (int i = 0; i < 20; ++i) {
        CAPTURE(rate, i);
        CHECK_THAT(short_term_max_lufs(measured(rate, {{i * 0.15, silence}, {3, -23}, {1, silence}})).value(),
                   WithinAbs(-23, 0.1));
    }
}

TEST_CASE("loudness: maximum short-term loudness follows louder and louder tones (EBU Tech 3341, case 11)",
          "[conformance]") {
    const double rate = any_rate();
    std::vector<Segment> segments;
    std::vector<double> ends{0};
    for (int i = 0; i < 20; ++i) {
        segments.insert(segments.end(), {{i * 0.15, silence}, {3, -38.0 + i}, {3 - i * 0.15, silence}});
        ends.push_back(ends.back() + 6);
    }
    const std::vector<double> curve = short_term_curve_lufs(measured(rate, segments));
    for (std::size_t i = 0; i < 20; ++i) {
        CAPTURE(rate, i);
        const auto end =
            curve.begin() + std::min<std::ptrdiff_t>(std::lround(ends[i + 1] * 10) - 29, std::ssize(curve));
        CHECK_THAT(*std::max_element(curve.begin(), end), WithinAbs(-38.0 + static_cast<double>(i), 0.1));
    }
}

TEST_CASE("loudness: momentary loudness is the mean of 400 ms (EBU Tech 3341, case 12)", "[conformance]") {
    const double rate = any_rate();
    std::vector<Segment> segments;
    for (int i = 0; i < 25; ++i) segments.insert(segments.end(), {{0.18, -20}, {0.22, -30}});
    const LoudnessBlocks blocks = measured(rate, segments);
    const std::vector<double> curve = momentary_curve_lufs(blocks);
    for (std::size_t k = 6; k < curve.size(); ++k) CHECK_THAT(curve[k], WithinAbs(-23, 0.1));
    CHECK_THAT(momentary_max_lufs(blocks).value(), WithinAbs(-23, 0.1));
}

TEST_CASE("loudness: a 400 ms tone reads its level in momentary loudness wherever it starts (EBU Tech 3341, case 13)",
          "[conformance]") {
    const double rate = any_rate();
    for (int i = 0; i < 20; ++i) {
        CAPTURE(rate, i);
        const double lufs = momentary_max_lufs(measured(rate, {{i * 0.02, silence}, {0.4, -23}, {1, silence}})).value();
        CHECK_THAT(lufs, WithinAbs(-23, 0.1));
        CHECK_THAT(lufs, WithinAbs(-23 + reading_at_0_dbfs(rate), 0.01));
    }
}

TEST_CASE("loudness: maximum momentary loudness follows louder and louder tones (EBU Tech 3341, case 14)",
          "[conformance]") {
    const double rate = any_rate();
    std::vector<Segment> segments;
    for (int i = 0; i < 20; ++i) {
        CAPTURE(rate, i);
        segments.insert(segments.end(), {{i * 0.02, silence}, {0.4, -38.0 + i}, {0.4 - i * 0.02, silence}});
        CHECK_THAT(momentary_max_lufs(measured(rate, segments)).value(), WithinAbs(-38.0 + i, 0.1));
    }
}

TEST_CASE("loudness range: tones of two to five levels (EBU Tech 3342, cases 1 to 4)", "[conformance]") {
    const double rate = any_rate();
    CAPTURE(rate);
    const auto range = [&](const std::vector<double>& levels) {
        std::vector<Segment> segments;
        for (const double level : levels) segments.push_back({20, level});
        return loudness_range_lu(measured(rate, segments)).value();
    };
    // Within 0.02 LU of the exact difference, fifty times closer than the standard asks.
    CHECK_THAT(range({-20, -30}), WithinAbs(10, 0.02));
    CHECK_THAT(range({-20, -15}), WithinAbs(5, 0.02));
    CHECK_THAT(range({-40, -20}), WithinAbs(20, 0.02));
    CHECK_THAT(range({-50, -35, -20, -35, -50}), WithinAbs(15, 0.02));
}
