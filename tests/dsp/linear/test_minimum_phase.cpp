// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/fft.h"
#include "dsp/linear/eq_bands.h"
#include "dsp/linear/minimum_phase.h"
#include "tests/dsp/linear/fir_response.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

EqBand band(EqBandType type, double hz, double gain_db, double q, double slope_db_oct = 24) {
    EqBand b;
    b.type = type;
    b.hz = hz;
    b.gain_db = gain_db;
    b.q = q;
    b.slope_db_oct = slope_db_oct;
    return b;
}

/// The textbook's way, in full: cepstrum of the whole curve, floored, on a long transform.
std::vector<double> plain_cepstral_phase(std::span<const EqBand> bands, double rate, std::size_t size) {
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    const EqCurve curve(bands);
    for (std::size_t k = 0; k < spectrum.size(); ++k)
        spectrum[k] =
            std::log(std::max(curve.magnitude(static_cast<double>(k) * rate / static_cast<double>(size)), 1e-8));
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

TEST_CASE("minimum phase: that of a cepstrum of four times the length, within 1e-3 radians", "[linear]") {
    const std::vector<EqBand> bands{band(EqBandType::bell, 100, 12, 8), band(EqBandType::bell, 2500, -9, 3),
                                    band(EqBandType::high_shelf, 9000, 4, 0.7), band(EqBandType::tilt, 700, 2, 1),
                                    band(EqBandType::low_pass, 16000, 0, 1, 24)};
    const double rate = GENERATE(44100.0, 96000.0);
    const Fir fir = design_bands(bands, EqPhase::minimum, rate);
    REQUIRE(fir.origin == 0);
    const std::size_t size = power_of_two_at_least(4 * fir.taps.size());
    const std::vector<double> phase = plain_cepstral_phase(bands, rate, size);
    for (std::size_t k = 1; k < size / 2; k += size / 256) {
        const double hz = static_cast<double>(k) * rate / static_cast<double>(size);
        if (hz > 20000) break;
        CAPTURE(rate, hz);
        const double difference = std::arg(test::response(fir, hz, rate) * std::polar(1.0, -phase[k]));
        CHECK(std::abs(difference) < 1e-3);
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

TEST_CASE("minimum phase: a notch turns by half a circle at its centre, as its prototype does", "[linear]") {
    const EqBand b = band(EqBandType::notch, 50, 0, 40);
    const std::size_t size = 1 << 19;
    const std::vector<double> phase = minimum_phase(EqCurve(std::span(&b, 1)), 48000, size);
    for (const std::size_t k : {400u, 540u, 546u, 547u, 552u, 900u}) {
        const double hz = static_cast<double>(k) * 48000 / static_cast<double>(size);
        CHECK_THAT(phase[k], WithinAbs(std::arg(eq_band_response(b, hz)), 1e-4));
    }
}
