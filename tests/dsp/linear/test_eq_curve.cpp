// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "dsp/linear/eq_curve.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

EqBand band(EqBandType type, double hz, double gain_db, double q, double slope_db_oct = 12) {
    EqBand b;
    b.type = type;
    b.hz = hz;
    b.gain_db = gain_db;
    b.q = q;
    b.slope_db_oct = slope_db_oct;
    return b;
}
double level(const EqBand& b, double hz) { return db_from_gain(eq_band_magnitude(b, hz)); }
constexpr double none = 1e-9;

}  // namespace

TEST_CASE("EQ curve: a bell has its gain at its centre, half of it at the edges of hz/q, none far away", "[linear]") {
    const double gain = GENERATE(-12.0, 6.0, 24.0);
    const EqBand b = band(EqBandType::bell, 1000, gain, 4);
    CHECK_THAT(level(b, 1000), WithinAbs(gain, none));
    const double lower = 1000 * (std::sqrt(1 + 1.0 / 64) - 1.0 / 8);  // lower · upper = hz², upper − lower = hz / q
    CHECK_THAT(level(b, lower), WithinAbs(gain / 2, none));
    CHECK_THAT(level(b, lower + 250), WithinAbs(gain / 2, none));
    CHECK_THAT(level(b, 0), WithinAbs(0, none));
    CHECK_THAT(level(b, 1e7), WithinAbs(0, 1e-4));
}

TEST_CASE("EQ curve: a shelf has its gain beyond its corner, half of it there, none on the other side", "[linear]") {
    const double gain = GENERATE(-9.0, 9.0);
    const EqBand low = band(EqBandType::low_shelf, 200, gain, 0.7071),
                 high = band(EqBandType::high_shelf, 200, gain, 0.7071);
    CHECK_THAT(level(low, 0), WithinAbs(gain, none));
    CHECK_THAT(level(low, 200), WithinAbs(gain / 2, none));
    CHECK_THAT(level(low, 1e6), WithinAbs(0, 1e-4));
    CHECK_THAT(level(high, 0), WithinAbs(0, none));
    CHECK_THAT(level(high, 200), WithinAbs(gain / 2, none));
    CHECK_THAT(level(high, 1e6), WithinAbs(gain, 1e-4));
}

TEST_CASE("EQ curve: a tilt lowers the bottom by what it raises the top, and pivots at hz", "[linear]") {
    const EqBand b = band(EqBandType::tilt, 800, 3, 1);
    CHECK_THAT(level(b, 0), WithinAbs(-3, none));
    CHECK_THAT(level(b, 800), WithinAbs(0, none));
    CHECK_THAT(level(b, 1e8), WithinAbs(3, 1e-4));
}

TEST_CASE("EQ curve: cuts are Butterworth's, -3.01 dB at hz and slope_db_oct an octave beyond", "[linear]") {
    const double slope = GENERATE(6.0, 12.0, 18.0, 24.0, 96.0);
    const EqBand high = band(EqBandType::high_pass, 100, 0, 1, slope),
                 low = band(EqBandType::low_pass, 100, 0, 1, slope);
    CAPTURE(slope);
    CHECK_THAT(level(high, 100), WithinAbs(-3.0103, 1e-4));
    CHECK_THAT(level(low, 100), WithinAbs(-3.0103, 1e-4));
    const double octave = 6.0206 * slope / 6;
    CHECK_THAT(level(high, 1) - level(high, 0.5), WithinAbs(octave, 1e-3));
    CHECK_THAT(level(low, 1e4) - level(low, 2e4), WithinAbs(octave, 1e-3));
}

TEST_CASE("EQ curve: a notch is silent at its centre and -3.01 dB where hz/q begins, a band pass its complement",
          "[linear]") {
    const EqBand notch = band(EqBandType::notch, 50, 0, 40), pass = band(EqBandType::band_pass, 50, 0, 40);
    CHECK(eq_band_magnitude(notch, 50) == 0);
    CHECK_THAT(level(pass, 50), WithinAbs(0, none));
    const double upper = 50 * (std::sqrt(1 + 1.0 / 6400) + 1.0 / 80);
    CHECK_THAT(level(notch, upper), WithinAbs(-3.0103, 1e-4));
    for (const double hz : {10.0, 49.0, 50.3, 400.0})
        CHECK_THAT(std::pow(eq_band_magnitude(notch, hz), 2) + std::pow(eq_band_magnitude(pass, hz), 2),
                   WithinAbs(1, none));
}

TEST_CASE("EQ curve: the magnitude is that of the complex response, of every type", "[linear]") {
    const auto type = static_cast<EqBandType>(GENERATE(range(0, 8)));
    const double hz = GENERATE(3.0, 990.0, 1000.0, 1020.0, 19000.0);
    const EqBand b = band(type, 1000, -7, 3, 30);
    CAPTURE(eq_band_types[static_cast<std::size_t>(type)], hz);
    CHECK_THAT(eq_band_magnitude(b, hz), WithinAbs(std::abs(eq_band_response(b, hz)), 1e-12));
}

TEST_CASE("EQ curve: a part's magnitude is the product of its own bands; bypassed ones drop out", "[linear]") {
    EqSettings settings;
    settings.bands = {band(EqBandType::bell, 1000, 6, 1), band(EqBandType::bell, 1000, 3, 1),
                      band(EqBandType::bell, 1000, 9, 1)};
    settings.bands[1].channel = Channel::side;
    settings.bands[2].bypass = true;
    CHECK_THAT(db_from_gain(eq_magnitude(settings, Channel::stereo, 1000)), WithinAbs(6, none));
    CHECK_THAT(db_from_gain(eq_magnitude(settings, Channel::side, 1000)), WithinAbs(3, none));
    CHECK(eq_magnitude(settings, Channel::mid, 1000) == 1);
}
