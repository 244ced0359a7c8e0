// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq_bands.h"
#include "tests/dsp/linear/eq_contract.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

void check_accuracy(const EqBand& band, EqPhase phase, double rate) {
    const std::vector<EqBand> bands{band};
    const Fir fir = design_bands(bands, phase, rate);
    const double used = worst_allowance(bands, fir, rate);
    CAPTURE(rate, phase, fir.taps.size());
    CHECK(used <= record("EQ", "response, share of the error allowed (0.01 dB from 20 Hz to 20 kHz)",
                         "analogue prototype", 1, used, ""));
}

}  // namespace

TEST_CASE("EQ: a bell of 12 dB and Q 10 at 20 Hz keeps the contract's accuracy at every rate", "[eq]") {
    const double rate = GENERATE(44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0);
    check_accuracy(band(EqBandType::bell, 20, GENERATE(-12.0, 12.0), 10), GENERATE(EqPhase::linear, EqPhase::minimum),
                   rate);
}

TEST_CASE("EQ: a notch of Q 40 keeps the contract's accuracy at every rate", "[eq]") {
    const double rate = GENERATE(44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0);
    check_accuracy(band(EqBandType::notch, GENERATE(50.0, 1000.0, 15000.0), 0, 40),
                   GENERATE(EqPhase::linear, EqPhase::minimum), rate);
}

TEST_CASE("EQ: a notch of Q 40 at 20 Hz keeps the contract's accuracy at every rate", "[.][full]") {
    const double rate = GENERATE(44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0);
    check_accuracy(band(EqBandType::notch, 20, 0, 40), GENERATE(EqPhase::linear, EqPhase::minimum), rate);
}
