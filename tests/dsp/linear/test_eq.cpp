// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/linear/eq.h"
#include "tests/dsp/linear/eq_contract.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using lathe::test::band;
using lathe::test::response;
using lathe::test::used_allowance;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::vector<EqBand> mastering{band(EqBandType::high_pass, 24), band(EqBandType::bell, 240, -1.5, 1.2),
                                    band(EqBandType::bell, 1000, -1, 0.9), band(EqBandType::bell, 3200, 1, 1),
                                    band(EqBandType::high_shelf, 9000, 1)};

/// The magnitude that a filter of those bands is to have.
double wanted(std::span<const EqBand> bands, double hz) {
    double magnitude = 1;
    for (const EqBand& b : bands) magnitude *= std::abs(test::prototype(b, hz));
    return magnitude;
}

double worst_use(std::span<const EqBand> bands, const Fir& fir, double rate) {
    const double worst = test::worst_allowance(bands, fir, rate);
    test::record("EQ", "response, share of the error allowed (0.01 dB from 20 Hz to 20 kHz)", "analogue prototype", 1,
                 worst, "");
    return worst;
}

}  // namespace

TEST_CASE("EQ: a skirt is followed as closely between the bins of the design's grid as on them", "[linear]") {
    const std::vector<EqBand> rising{band(EqBandType::high_pass, 28.29, 0, 1, 12),
                                     band(EqBandType::high_shelf, 12620, -1, 0.5)};
    const std::vector<EqBand> falling{band(EqBandType::low_pass, 33.5, 0, 1, 96),
                                      band(EqBandType::high_pass, 1651, 0, 1, 6)};
    const Fir high = design_bands(rising, EqPhase::minimum, 96000),
              low = design_bands(falling, EqPhase::minimum, 44100);
    double worst = 0;
    for (double hz = 1; hz < 60; hz *= 1.003) {
        CAPTURE(hz);
        CHECK(used_allowance(rising, high, hz, 96000) <= 1);
        CHECK(used_allowance(falling, low, hz, 44100) <= 1);
        worst = std::max(worst, used_allowance(rising, high, hz, 96000));
    }
    CHECK(worst > 0.3);  // what is allowed is used: the response is not longer than it need be
}

TEST_CASE("EQ: a narrow bell of 12 dB at 20 Hz is followed by less than 2^18 taps at 48 kHz", "[linear]") {
    const std::vector<EqBand> bands{band(EqBandType::bell, 20, GENERATE(-12.0, 12.0), 10)};
    const auto phase = GENERATE(EqPhase::linear, EqPhase::minimum);
    const Fir fir = design_bands(bands, phase, 48000);
    CHECK(worst_use(bands, fir, 48000) <= 1);
    CHECK(fir.taps.size() < (1u << 18));
}

TEST_CASE("EQ: a notch of Q 40 at 50 Hz keeps to its width and falls below -60 dB, as reported", "[linear]") {
    const std::vector<EqBand> bands{band(EqBandType::notch, 50, 0, 40)};
    const auto phase = GENERATE(EqPhase::linear, EqPhase::minimum);
    EqReport report;
    const Fir fir = design_bands(bands, phase, 48000, -60, &report);
    CHECK(worst_use(bands, fir, 48000) <= 1);
    const double depth = db_from_gain(std::abs(response(fir, 50, 48000)));
    CHECK(depth < test::record("EQ", "depth of a notch of Q 40 at 50 Hz", "silence at its centre", -60, depth, "dB"));
    REQUIRE(report.notches.size() == 1);
    CHECK_THAT(report.notches[0].depth_db, WithinAbs(depth, 0.01));
    CHECK(report.taps == static_cast<Frames>(fir.taps.size()));
}

TEST_CASE("EQ: a report's worst error is one the response has", "[linear]") {
    EqReport report;
    const Fir fir = design_bands(mastering, EqPhase::linear, 44100, -60, &report);
    const double error =
        db_from_gain(std::abs(response(fir, report.worst_hz, 44100)) / wanted(mastering, report.worst_hz));
    CHECK_THAT(std::abs(error), WithinAbs(report.worst_error_db, 1e-9));
    CHECK(report.worst_error_db < 0.01);
    CHECK(report.worst_error_db > 0);
    CHECK(report.taps < 16384);
}

TEST_CASE("linear-phase EQ: mirrored exactly, its group delay the same at all frequencies to 1e-3 frames", "[linear]") {
    const Fir fir = design_bands(mastering, EqPhase::linear, 44100);
    REQUIRE(fir.taps.size() % 2 == 1);
    CHECK(fir.origin == static_cast<Frames>(fir.taps.size() / 2));
    CHECK(std::equal(fir.taps.begin(), fir.taps.end(), fir.taps.rbegin()));
    for (const double hz : {20.0, 24.0, 100.0, 240.0, 1000.0, 3200.0, 12000.0, 20000.0}) {
        const double delay = std::abs(test::group_delay(fir, hz, 44100));
        CHECK(delay <
              test::record("EQ", "linear phase, group delay from 20 Hz to 20 kHz", "none", 1e-3, delay, "frames"));
        CHECK(response(fir, hz, 44100).real() > 0);
    }
}

TEST_CASE("mixed-phase EQ: rings ahead below pre_ring_db, and no more like minimum phase than that takes", "[linear]") {
    const std::vector<EqBand> bands{band(EqBandType::bell, 300, 9, 6), band(EqBandType::bell, 2000, -6, 2)};
    const double limit_db = GENERATE(-50.0, -60.0, -80.0);
    EqReport report;
    const Fir fir = design_bands(bands, EqPhase::mixed, 48000, limit_db, &report);
    CAPTURE(limit_db, report.minimum_share);
    const auto peak = std::max_element(fir.taps.begin(), fir.taps.end(),
                                       [](double a, double b) { return std::abs(a) < std::abs(b); });
    double ahead = 0;
    for (auto tap = fir.taps.begin(); tap < peak - 48 && tap < fir.taps.begin() + fir.origin; ++tap)
        ahead = std::max(ahead, std::abs(*tap));
    CHECK(ahead < std::abs(*peak) * gain_from_db(limit_db));
    CHECK(report.minimum_share > 0);
    CHECK(report.minimum_share < 1);
    CHECK(worst_use(bands, fir, 48000) <= 1);

    const Fir linear = design_bands(bands, EqPhase::linear, 48000);
    CHECK(ahead_db(linear, 48000) > limit_db);
    CHECK(design_bands(bands, EqPhase::mixed, 48000, ahead_db(linear, 48000) + 1).taps == linear.taps);
}

TEST_CASE("EQ: bands on a part of the pair leave the rest alone, whatever parts there are", "[linear]") {
    EqSettings settings;
    settings.phase = EqPhase::minimum;
    settings.bands = {band(EqBandType::bell, 1000, 6, 1), band(EqBandType::bell, 1000, -6, 1),
                      band(EqBandType::bell, 1000, 3, 1)};
    settings.bands[1].channel = GENERATE(Channel::mid, Channel::side, Channel::left, Channel::right);
    settings.bands[2].channel = GENERATE(Channel::mid, Channel::right);
    const FirMatrix matrix = design_eq(settings, 48000, 2);

    const double stereo_gain = gain_from_db(6);
    double mid = stereo_gain, side = stereo_gain, left = 1, right = 1;
    for (const int i : {1, 2}) {
        const Channel channel = settings.bands[static_cast<std::size_t>(i)].channel;
        (channel == Channel::mid    ? mid
         : channel == Channel::side ? side
         : channel == Channel::left ? left
                                    : right) *= gain_from_db(i == 1 ? -6 : 3);
    }
    const double expected[2][2] = {{left * (mid + side) / 2, left * (mid - side) / 2},
                                   {right * (mid - side) / 2, right * (mid + side) / 2}};
    for (int o = 0; o < 2; ++o)
        for (int i = 0; i < 2; ++i)
            CHECK_THAT(std::abs(response(matrix.at(o, i), 1000, 48000) - expected[o][i]), WithinAbs(0, 0.012));
}

TEST_CASE("EQ: mid and side alike are as good as stereo, with nothing leaking across", "[linear]") {
    EqSettings parts, whole;
    parts.bands = {band(EqBandType::bell, 500, 4, 2), band(EqBandType::bell, 500, 4, 2)};
    parts.bands[0].channel = Channel::mid;
    parts.bands[1].channel = Channel::side;
    whole.bands = {band(EqBandType::bell, 500, 4, 2)};
    const FirMatrix matrix = design_eq(parts, 44100, 2);
    CHECK(matrix.at(0, 0).taps == design_eq(whole, 44100, 2).at(0, 0).taps);
    CHECK(matrix.at(0, 1).empty());
}

TEST_CASE("EQ: bands that change nothing make it the identity", "[linear]") {
    EqSettings settings;
    settings.bands = {band(EqBandType::bell, 1000, 0, 1), band(EqBandType::high_pass, 30),
                      band(EqBandType::low_shelf, 30, 0)};
    settings.bands[1].bypass = true;
    CHECK(design_eq(settings, 44100, 2).is_identity());
    CHECK(design_eq({}, 44100, 6).outputs() == 6);
}

TEST_CASE("EQ: refuses what it cannot realise, and says which band and why", "[linear]") {
    EqSettings settings;
    const auto said = [&](int channels, double rate) -> std::string {
        try {
            design_eq(settings, rate, channels);
        } catch (const BadSetting& refusal) {
            return refusal.what();
        }
        return "";
    };
    settings.bands = {band(EqBandType::bell, 30000, 3, 1)};
    settings.bands[0].name = "air";
    CHECK(says(said(2, 44100), "air"));
    CHECK(says(said(2, 44100), "22050"));
    CHECK(said(2, 96000).empty());
    settings.bands = {band(EqBandType::high_pass, 30, 0, 1, 20)};
    CHECK(says(said(2, 44100), "multiple of 6"));
    settings.bands = {band(EqBandType::bell, 1000, 3, 1)};
    settings.bands[0].channel = Channel::mid;
    CHECK(says(said(1, 44100), "two channels"));
    settings.bands = {band(EqBandType::bell, 1000, 3, 1), band(EqBandType::bell, 20, 48, 100)};
    CHECK(says(said(2, 192000), "bell at 20 Hz"));
    CHECK(says(said(2, 192000), "4194304"));
}

TEST_CASE("cuts: a reverb's low and high cut are causal and 12 dB/oct", "[linear]") {
    const Fir low = design_low_cut(200, 12, 48000), high = design_high_cut(6000, 12, 48000);
    CHECK(low.origin == 0);
    CHECK(high.origin == 0);
    CHECK_THAT(db_from_gain(std::abs(response(low, 200, 48000))), WithinAbs(-3.0103, 0.01));
    CHECK_THAT(db_from_gain(std::abs(response(low, 100, 48000))), WithinAbs(-10 * std::log10(17), 0.01));
    CHECK_THAT(db_from_gain(std::abs(response(high, 12000, 48000))), WithinAbs(-10 * std::log10(17), 0.01));
}
