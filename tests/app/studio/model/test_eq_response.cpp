// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/eq_response.h"

#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/core/decibel.h"
#include "dsp/engine/build_stage.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// An equaliser as an album has it, and the stages that a render runs for it.
struct RenderedEq {
    Desk desk;
    Album album;
    Plan plan;

    RenderedEq(const std::string& settings, int rate)
        : album(desk.album("[[chain]]\ntype = \"eq\"\n" + settings + "\n[[track]]\nsource = \"rate.wav\"\n")) {
        desk.write("rate.wav", noise(0.1, rate, 2), rate);
        SourceLibrary library(album);
        const Cache none;
        const std::vector<Programme> programmes = main_programmes(album, library);
        plan = Compiler(album, library, none).before_gain_point(programmes[0], album.main())->plan;
    }
    EqResponse drawn() const {
        const ChainEntry& entry = album.chain.at(0).entry;
        return eq_response(std::get<EqSettings>(entry.settings), entry.common, plan.rate, 2);
    }
    /// What the render's own stages make of an impulse on both channels with those gains.
    AudioBuffer<double> played(double left, double right, Frames reach) const {
        SerialWorkers workers;
        const auto row = build_row<float>(plan, workers);
        AudioBuffer<float> in(2, 2 * reach + 1);
        in.channel(0)[reach] = static_cast<float>(left);
        in.channel(1)[reach] = static_cast<float>(right);
        return as<double>(run_stage(*row, in, 4096));
    }
};

double level_at(const AudioBuffer<double>& played, double left, double right, double hz, double rate) {
    const std::complex<double> step = std::polar(1.0, -2 * std::numbers::pi * hz / rate);
    std::complex<double> sum = 0, turn = 1;
    for (Frames n = 0; n < played.frames(); ++n, turn *= step)
        sum += (left * played.channel(0)[n] + right * played.channel(1)[n]) * turn;
    return db_from_gain(std::abs(sum));
}

/// Largest difference between what is drawn of a part and what the stages do, where that is above −60 dB; about so many
/// of the drawn points.
double worst_db(const RenderedEq& eq, SpectrumPart part, double left_in, double right_in, double left_out,
                double right_out) {
    const EqResponse drawn = eq.drawn();
    const AudioBuffer<double> played = eq.played(left_in, right_in, drawn.taps);
    const std::vector<double>& db = drawn.db[static_cast<std::size_t>(part)];
    REQUIRE(db.size() == drawn.hz.size());
    REQUIRE(drawn.hz.size() > 500);
    double worst = 0;
    for (std::size_t i = 0; i < db.size(); i += 13) {
        const double did = level_at(played, left_out, right_out, drawn.hz[i], eq.plan.rate);
        if (did < -60) continue;
        const double error = std::abs(db[i] - did);
        if (!(error <= worst)) worst = error;
    }
    return worst;
}

const std::string steep =
    "bands = [ { type = \"high_pass\", hz = 32, slope_db_oct = 96 }, { hz = 1000, gain_db = 9, q "
    "= 20 }, { type = \"high_shelf\", hz = 9000, gain_db = -4 } ]";
const std::string sided =
    "bands = [ { channel = \"mid\", hz = 200, gain_db = -6, q = 2 }, { channel = \"side\", type = "
    "\"high_shelf\", hz = 3000, gain_db = 5 }, { channel = \"left\", hz = 6000, gain_db = 3 } ]";

}  // namespace

TEST_CASE("EQ on the spectrum: the drawn response is what the rendered chain does to an impulse", "[studio]") {
    const int rate = GENERATE(44100, 48000, 96000);
    const std::string phase = GENERATE("linear", "minimum", "mixed");
    CAPTURE(rate, phase);
    const RenderedEq eq("phase = \"" + phase + "\"\n" + steep, rate);
    CHECK(worst_db(eq, SpectrumPart::left, 1, 0, 1, 0) < 0.05);
    CHECK(worst_db(eq, SpectrumPart::mid, 1, 1, 0.5, 0.5) < 0.05);
}

TEST_CASE("EQ on the spectrum: bands on one part are drawn on that part alone, and half of it where mix says so",
          "[studio]") {
    const RenderedEq eq(sided, 48000);
    CHECK(worst_db(eq, SpectrumPart::mid, 1, 1, 0.5, 0.5) < 0.05);
    CHECK(worst_db(eq, SpectrumPart::side, 1, -1, 0.5, -0.5) < 0.05);
    CHECK(worst_db(eq, SpectrumPart::right, 0, 1, 0, 1) < 0.05);
    const RenderedEq half("mix = 0.5\n" + steep, 48000), side("channel = \"side\"\n" + steep, 48000);
    CHECK(worst_db(half, SpectrumPart::left, 1, 0, 1, 0) < 0.05);
    CHECK(worst_db(side, SpectrumPart::side, 1, -1, 0.5, -0.5) < 0.05);
    CHECK(worst_db(side, SpectrumPart::mid, 1, 1, 0.5, 0.5) < 0.05);
}

TEST_CASE("EQ on the spectrum: the time that a response rings ahead is that of its energy", "[studio]") {
    // e^(−n/τ) on both sides: before frame m lies e^(−2m/τ) / 2 of the energy, within a tap.
    constexpr double rate = 48000, tau = 480;
    constexpr Frames reach = 12000;
    Fir fir{std::vector<double>(2 * reach + 1), reach};
    for (Frames n = -reach; n <= reach; ++n)
        fir.taps[static_cast<std::size_t>(n + reach)] = std::exp(-std::abs(static_cast<double>(n)) / tau);
    const PreRing ring = pre_ring(fir, rate);
    const auto expected_ms = [&](double share) { return 1000 * tau / 2 * std::log(0.5 / share) / rate; };
    CHECK_THAT(ring.to_60_ms, WithinAbs(expected_ms(1e-6), 0.05));
    CHECK_THAT(ring.to_90_ms, WithinAbs(expected_ms(1e-9), 0.05));
    const PreRing none = pre_ring(Fir{{1, 0.5, 0.25}, 0}, rate);
    CHECK(none.to_60_ms == 0);
    CHECK(none.to_90_ms == 0);
}

TEST_CASE("EQ on the spectrum: minimum phase rings nothing ahead, linear phase as it is given", "[studio]") {
    const RenderedEq linear("phase = \"linear\"\n" + steep, 48000), minimum("phase = \"minimum\"\n" + steep, 48000);
    CHECK(minimum.drawn().before.to_90_ms < 0.2);
    CHECK(linear.drawn().before.to_60_ms > 10);
    CHECK(linear.drawn().before.to_90_ms > linear.drawn().before.to_60_ms);
}
