// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/linear/crossover.h"
#include "tests/dsp/linear/fir_response.h"
#include "tests/support/catch.h"

using namespace lathe;
using lathe::test::response;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("crossover: the bands sum to the unit impulse, each tap to 1e-15", "[linear]") {
    const double rate = GENERATE(44100.0, 48000.0, 192000.0);
    const std::vector<double> crossovers{120, 1000, 6000};
    const std::vector<Fir> bands = design_crossover(crossovers, 48, rate);
    REQUIRE(bands.size() == 4);
    Fir total;
    for (const Fir& band : bands) total = sum(total, band);
    total.taps[static_cast<std::size_t>(total.origin)] -= 1;
    double worst = 0;
    for (const double tap : total.taps) worst = std::max(worst, std::abs(tap));
    CHECK(worst < 1e-15);
}

TEST_CASE("crossover: every band is mirrored about time zero", "[linear]") {
    for (const Fir& band : design_crossover(std::vector<double>{200, 4000}, 24, 48000)) {
        CHECK(band.taps.size() % 2 == 1);
        CHECK(band.origin == static_cast<Frames>(band.taps.size() / 2));
        CHECK(std::equal(band.taps.begin(), band.taps.end(), band.taps.rbegin()));
    }
}

TEST_CASE("crossover: neighbours meet at -6.02 dB and follow 1/(1 + x^n) within 3e-4", "[linear]") {
    const double slope = GENERATE(12.0, 24.0, 48.0, 96.0);
    const double rate = GENERATE(44100.0, 96000.0);
    const std::vector<double> at{120, 1000, 6000};
    const std::vector<Fir> bands = design_crossover(at, slope, rate);
    const auto low = [&](std::size_t i, double hz) { return 1 / (1 + std::pow(hz / at[i], slope / 6)); };
    CAPTURE(slope, rate);
    for (double hz = 10; hz < 20000; hz *= 1.07) {
        CAPTURE(hz);
        CHECK_THAT(response(bands[0], hz, rate).real(), WithinAbs(low(0, hz), 1e-4));
        CHECK_THAT(response(bands[1], hz, rate).real(), WithinAbs(low(1, hz) - low(0, hz), 2e-4));
        CHECK_THAT(response(bands[2], hz, rate).real(), WithinAbs(low(2, hz) - low(1, hz), 2e-4));
        CHECK_THAT(response(bands[3], hz, rate).real(), WithinAbs(1 - low(2, hz), 1e-4));
    }
    CHECK_THAT(db_from_gain(response(bands[0], 120, rate).real()), WithinAbs(-6.0206, 0.002));
    CHECK_THAT(db_from_gain(response(bands[3], 6000, rate).real()), WithinAbs(-6.0206, 0.002));
}

TEST_CASE("crossover: at 120 Hz and 48 dB/oct it stays below 4096 taps at 44.1 kHz", "[linear]") {
    for (const Fir& band : design_crossover(std::vector<double>{120, 1000, 6000}, 48, 44100))
        CHECK(band.taps.size() < 4096);
}

TEST_CASE("crossover: none leaves one band, the unit impulse", "[linear]") {
    const std::vector<Fir> bands = design_crossover({}, 48, 44100);
    REQUIRE(bands.size() == 1);
    CHECK(bands[0].taps == std::vector<double>{1});
}

TEST_CASE("crossover: refuses what does not ascend, passes half the rate or has an odd slope, with the numbers",
          "[linear]") {
    const auto said = [](std::vector<double> at, double slope, double rate) -> std::string {
        try {
            design_crossover(at, slope, rate);
        } catch (const BadSetting& refusal) {
            return refusal.what();
        }
        return "";
    };
    CHECK(says(said({1000, 120}, 48, 44100), "120 Hz follows 1000 Hz"));
    CHECK(says(said({1000, 1000}, 48, 44100), "must ascend"));
    CHECK(says(said({120, 23000}, 48, 44100), "23000"));
    CHECK(says(said({120, 23000}, 48, 44100), "22050"));
    CHECK(said({120, 23000}, 48, 48000).empty());
    CHECK(says(said({120}, 18, 44100), "multiple of 12"));
}
