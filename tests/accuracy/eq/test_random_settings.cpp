// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "dsp/linear/eq_bands.h"
#include "tests/dsp/linear/eq_contract.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr std::array<double, 6> rates{44100, 48000, 88200, 96000, 176400, 192000};

/// One to five bands of any type, 20 Hz to 18 kHz.
std::vector<EqBand> random_bands(std::mt19937& random) {
    const auto from = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    const auto from_log = [&](double low, double high) { return std::exp(from(std::log(low), std::log(high))); };
    std::vector<EqBand> bands(1 + random() % 5);
    for (EqBand& b : bands) {
        b.type = static_cast<EqBandType>(random() % 8);
        b.hz = from_log(20, 18000);
        b.gain_db = from(-12, 12);
        b.q = b.type == EqBandType::notch ? from_log(1, 40) : from_log(0.4, 10);
        b.slope_db_oct = 6.0 * static_cast<double>(1 + random() % 16);
    }
    return bands;
}

/// The largest group delay at places from 20 Hz to 20 kHz where the filter passes something.
double worst_group_delay(std::span<const EqBand> bands, const Fir& fir, double rate, std::mt19937& random) {
    double worst = 0;
    for (int i = 0; i < 4; ++i) {
        const double hz = 20 * std::pow(1000, std::uniform_real_distribution<double>(0, 1)(random));
        double magnitude = 1;
        for (const EqBand& b : bands) magnitude *= std::abs(prototype(b, hz));
        if (magnitude < 0.01) continue;
        const double delay = std::abs(group_delay(fir, hz, rate));
        if (!(delay <= worst)) worst = delay;
    }
    return worst;
}

/// The loudest of the taps that ring ahead in dB of the largest: before time zero, by more than 1 ms before the largest
/// and before the lobe that it stands in.
double ringing_ahead_db(const Fir& fir, double rate) {
    const auto louder = [](double a, double b) { return std::abs(a) < std::abs(b); };
    const Frames top = std::max_element(fir.taps.begin(), fir.taps.end(), louder) - fir.taps.begin();
    const auto tap = [&](Frames n) { return fir.taps[static_cast<std::size_t>(n)]; };
    Frames lobe = top;
    while (lobe > 0 && std::signbit(tap(lobe - 1)) == std::signbit(tap(top))) --lobe;
    double ahead = 0;
    for (Frames n = 0; n < std::min({fir.origin, lobe, top - static_cast<Frames>(rate / 1000)}); ++n)
        ahead = std::max(ahead, std::abs(tap(n)));
    return db_from_gain(ahead / std::abs(tap(top)));
}

void check_random_settings(double rate, int count) {
    for (int i = 0; i < count; ++i) {
        std::mt19937 random(static_cast<unsigned>(rate) + static_cast<unsigned>(i));
        const std::vector<EqBand> bands = random_bands(random);
        const auto phase = static_cast<EqPhase>(i % 3);
        const double limit_db = -40 - 10.0 * (i % 5);
        const Fir fir = design_bands(bands, phase, rate, limit_db);
        CAPTURE(rate, i, phase, fir.taps.size());
        const double used = worst_allowance(bands, fir, rate);
        CHECK(used <= record("EQ", "response, share of the error allowed (0.01 dB from 20 Hz to 20 kHz)",
                             "analogue prototype", 1, used, ""));
        if (phase == EqPhase::linear) {
            CHECK(std::equal(fir.taps.begin(), fir.taps.end(), fir.taps.rbegin()));
            CHECK(2 * fir.origin + 1 == std::ssize(fir.taps));
            const double delay = worst_group_delay(bands, fir, rate, random);
            CHECK(delay <
                  record("EQ", "linear phase, group delay from 20 Hz to 20 kHz", "none", 1e-3, delay, "frames"));
        } else if (phase == EqPhase::minimum) {
            CHECK(fir.origin == 0);
        } else {
            const double over_db = ringing_ahead_db(fir, rate) - limit_db;
            CHECK(over_db <
                  record("EQ", "mixed phase, ringing ahead over pre_ring_db", "its taps", 0.001, over_db, "dB"));
        }
    }
}

}  // namespace

TEST_CASE("EQ: random bands of all types keep the contract's accuracy in every phase and at every rate", "[eq]") {
    const auto [rate, count] =
        GENERATE(table<double, int>({{44100, 40}, {48000, 40}, {88200, 16}, {96000, 16}, {176400, 8}, {192000, 8}}));
    check_random_settings(rate, count);
}

TEST_CASE("EQ: 200 random settings at every rate keep the contract's accuracy", "[.][full]") {
    for (const double rate : rates) check_random_settings(rate, 200);
}
