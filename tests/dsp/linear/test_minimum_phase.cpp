// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include "dsp/fft/fft.h"
#include "dsp/linear/eq_bands.h"
#include "dsp/linear/minimum_phase.h"
#include "tests/dsp/linear/eq_contract.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using lathe::test::band;

namespace {

/// The textbook's way, in full: cepstrum of the whole curve on a long transform.
std::vector<double> plain_cepstral_phase(std::span<const EqBand> bands, double rate, std::size_t size) {
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    const EqCurve curve(bands);
    for (std::size_t k = 0; k < spectrum.size(); ++k)
        spectrum[k] = std::log(curve.magnitude(static_cast<double>(k) * rate / static_cast<double>(size)));
    AlignedVector<double> cepstrum(size);
    const RealFft<double> fft(size);
    fft.inverse(spectrum.data(), cepstrum.data());
    for (std::size_t n = 0; n < size; ++n)
        cepstrum[n] *= (n == 0 || n == size / 2 ? 1.0 : n < size / 2 ? 2.0 : 0.0) / static_cast<double>(size);
    fft.forward(cepstrum.data(), spectrum.data());
    std::vector<double> phase;
    for (const auto& value : spectrum) phase.push_back(value.imag());
    return phase;
}

}  // namespace

TEST_CASE("minimum phase: that of a cepstrum of sixteen times the length, within what 0.01 dB comes to", "[linear]") {
    const double rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    std::mt19937 random(static_cast<unsigned>(rate));
    const auto from = [&](double low, double high) {
        return low * std::pow(high / low, std::uniform_real_distribution<double>(0, 1)(random));
    };
    // Types whose curve has no zero, or the reference would have to look infinitely far.
    const EqBandType types[] = {EqBandType::bell, EqBandType::low_shelf, EqBandType::high_shelf, EqBandType::tilt,
                                EqBandType::low_pass};
    for (int i = 0; i < 12; ++i) {
        std::vector<EqBand> bands;
        for (unsigned b = 0; b < 1 + random() % 5; ++b)
            bands.push_back(band(types[random() % 5], from(30, 18000), (random() % 2 ? 1 : -1) * from(0.5, 12),
                                 from(0.4, 8), 6.0 * static_cast<double>(1 + random() % 16)));
        const Fir fir = design_bands(bands, EqPhase::minimum, rate);
        REQUIRE(fir.origin == 0);
        const std::size_t size = power_of_two_at_least(16 * fir.taps.size());
        const std::vector<double> phase = plain_cepstral_phase(bands, rate, size);
        double worst = 0;
        for (std::size_t k = 1; k < size / 2; k += 1 + k / 16) {
            const double hz = static_cast<double>(k) * rate / static_cast<double>(size);
            const std::complex<double> got = test::response(fir, hz, rate);
            if (hz < 20 || hz > 20000 || std::abs(got) < 1e-2) continue;
            const double difference = std::abs(std::arg(got * std::polar(1.0, -phase[k])));
            if (!(difference <= worst)) worst = difference;
        }
        CAPTURE(rate, i, fir.taps.size());
        CHECK(worst < test::record("EQ", "minimum phase, where the curve lies above -40 dB",
                                   "cepstrum of sixteen times the length", gain_from_db(0.01) - 1, worst, "rad"));
    }
}

TEST_CASE("minimum phase: a bell far below the rate has its analogue prototype's phase", "[linear]") {
    const EqBand b = band(EqBandType::bell, 20, 12, 10);
    const std::size_t size = 1 << 21;
    const std::vector<double> phase = minimum_phase(EqCurve(std::span(&b, 1)), 192000, size);
    for (const std::size_t k : {150u, 215u, 218u, 219u, 225u, 400u}) {
        const double hz = static_cast<double>(k) * 192000 / static_cast<double>(size);
        CHECK_THAT(phase[k], WithinAbs(std::arg(eq_band_response(b, hz)), 1e-5));
    }
}

TEST_CASE("minimum phase: cuts of any slope have their prototypes' phase, far below the rate", "[linear]") {
    const auto type = GENERATE(EqBandType::high_pass, EqBandType::band_pass);
    const EqBand b = band(type, 80, 0, 2, GENERATE(6.0, 24.0, 96.0));
    const Fir fir = design_bands(std::span(&b, 1), EqPhase::minimum, 192000);
    for (const double hz : {60.0, 79.0, 80.0, 95.0, 120.0}) {
        const std::complex<double> expected = eq_band_response(b, hz);
        CAPTURE(b.slope_db_oct, hz);
        if (std::abs(expected) > 1e-2)
            CHECK_THAT(std::arg(test::response(fir, hz, 192000) / expected), WithinAbs(0, 2e-3));
    }
}

TEST_CASE("minimum phase: a notch turns by half a circle at its centre, as its prototype does", "[linear]") {
    const EqBand b = band(EqBandType::notch, 50, 0, 40);
    const std::size_t size = 1 << 19;
    const std::vector<double> phase = minimum_phase(EqCurve(std::span(&b, 1)), 48000, size);
    for (const std::size_t k : {400u, 540u, 546u, 547u, 552u, 900u}) {
        const double hz = static_cast<double>(k) * 48000 / static_cast<double>(size);
        CHECK_THAT(phase[k], WithinAbs(std::arg(eq_band_response(b, hz)), 1e-4));
    }
}
