// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/stereo/stereo.h"
#include "tests/dsp/linear/fir_response.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

constexpr double rate = 48000;

/// What a steady pair (left, right) of one frequency becomes.
std::pair<std::complex<double>, std::complex<double>> pass(const FirMatrix& m, std::complex<double> left,
                                                           std::complex<double> right, double hz) {
    const auto h = [&](int o, int i) { return test::response(m.at(o, i), hz, rate); };
    return {h(0, 0) * left + h(0, 1) * right, h(1, 0) * left + h(1, 1) * right};
}

}  // namespace

TEST_CASE("stereo: width scales what differs between the channels and nothing else", "[stereo]") {
    const double width = GENERATE(0.0, 0.5, 1.1, 2.0);
    StereoSettings settings;
    settings.width = width;
    const FirMatrix m = design_stereo(settings, rate, 2);
    const auto [left, right] = pass(m, 0.8, 0.2, 1000);  // mid 0.5, side 0.3
    CHECK_THAT(left.real(), WithinAbs(0.5 + 0.3 * width, 1e-15));
    CHECK_THAT(right.real(), WithinAbs(0.5 - 0.3 * width, 1e-15));
    CHECK(m.ahead() == 0);
}

TEST_CASE("stereo: mid_db and side_db are the levels of mid and side", "[stereo]") {
    StereoSettings settings;
    settings.mid_db = -3;
    settings.side_db = 2;
    const auto [left, right] = pass(design_stereo(settings, rate, 2), 0.8, 0.2, 1000);
    CHECK_THAT(((left + right) / 2.0).real(), WithinAbs(0.5 * gain_from_db(-3), 1e-15));
    CHECK_THAT(((left - right) / 2.0).real(), WithinAbs(0.3 * gain_from_db(2), 1e-15));
}

TEST_CASE("stereo: balance lowers the other channel alone, down to silence", "[stereo]") {
    StereoSettings settings;
    settings.balance = 0.25;
    FirMatrix m = design_stereo(settings, rate, 2);
    CHECK_THAT(pass(m, 1, 1, 1000).first.real(), WithinAbs(0.75, 1e-15));
    CHECK_THAT(pass(m, 1, 1, 1000).second.real(), WithinAbs(1, 1e-15));
    CHECK(m.at(0, 1).empty());
    settings.balance = -1;
    m = design_stereo(settings, rate, 2);
    CHECK_THAT(pass(m, 1, 1, 1000).first.real(), WithinAbs(1, 1e-15));
    CHECK(m.at(1, 1).empty());
}

TEST_CASE("stereo: mono_below_hz takes the side out by 24 dB/oct in linear phase and leaves mid untouched",
          "[stereo]") {
    StereoSettings settings;
    settings.mono_below_hz = 120;
    const FirMatrix m = design_stereo(settings, rate, 2);
    for (const double hz : {30.0, 60.0, 120.0, 240.0, 5000.0}) {
        CAPTURE(hz);
        const auto side = pass(m, 1, -1, hz), mid = pass(m, 1, 1, hz);
        const double wanted = 1 / std::sqrt(1 + std::pow(120 / hz, 8));
        CHECK_THAT(side.first.real(), WithinRel(wanted, 0.00115));  // 0.01 dB
        CHECK_THAT(side.first.imag(), WithinAbs(0, 1e-12));
        CHECK_THAT(std::abs(side.first + side.second), WithinAbs(0, 1e-12));
        CHECK_THAT(std::abs(mid.first - 1.0), WithinAbs(0, 1e-12));
    }
    CHECK(std::abs(pass(m, 1, -1, 10).first) < 0.001 + 5e-5);
}

TEST_CASE("stereo: settings that change nothing are the identity, on any channels", "[stereo]") {
    CHECK(design_stereo({}, rate, 1).is_identity());
    CHECK(design_stereo({}, rate, 2).is_identity());
}

TEST_CASE("stereo: refuses anything but two channels when it would do something", "[stereo]") {
    StereoSettings settings;
    settings.balance = 0.5;
    CHECK_THROWS_AS(design_stereo(settings, rate, 1), BadSetting);
    CHECK_THROWS_AS(design_stereo(settings, rate, 6), BadSetting);
}
