// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrum.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/measure/octave_bands.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

Spectrum spectrum_of(const AudioBuffer<double>& audio, const SpectrumSettings& settings, double rate = 44100,
                     Frames cut = 0) {
    SerialWorkers workers;
    const AudioBuffer<float> samples = as<float>(audio);
    SpectrumMeter meter(settings, audio.channels(), rate, workers);
    const Frames step = cut > 0 ? cut : audio.frames();
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(samples.view().slice(n, std::min(step, audio.frames() - n)));
    return meter.finish();
}

std::size_t loudest(const Spectrum& s) {
    return static_cast<std::size_t>(std::max_element(s.average_db.begin(), s.average_db.end()) - s.average_db.begin());
}

double nearest_level(const Spectrum& s, const std::vector<double>& levels, double hz) {
    const auto at = std::min_element(s.hz.begin(), s.hz.end(),
                                     [&](double a, double b) { return std::abs(a - hz) < std::abs(b - hz); });
    return levels[static_cast<std::size_t>(at - s.hz.begin())];
}

}  // namespace

TEST_CASE("spectrum: through the flat top a full-scale sine reads 0.0 dB at any frequency", "[spectrum]") {
    const double hz = GENERATE(50.0, 441.3, 997.0, 5012.7, 15000.1);
    const int size = GENERATE(1 << 12, 1 << 15, 1 << 18);
    const Spectrum s = spectrum_of(sine(hz, 1, 44100, 1 << 18), {size, SpectrumWindow::flat_top, SpectrumPart::sum});
    CAPTURE(hz, size);
    CHECK(std::abs(s.average_db[loudest(s)]) < 0.02);
    CHECK(std::abs(s.hz[loudest(s)] - hz) < 0.51 * 44100.0 / size);
}

TEST_CASE("spectrum: between a Hann window's bins lie a sine's level and frequency", "[spectrum]") {
    const double hz = GENERATE(1000.0, 1002.1, 1003.9);
    constexpr int size = 1 << 14;
    const Spectrum s = spectrum_of(sine(hz, 0.5, 44100, 1 << 17), {size, SpectrumWindow::hann, SpectrumPart::sum});
    // Hann: the ratio of two neighbouring bins is (1 + d) / (2 − d), d the distance from the larger one (closed form).
    const std::size_t k = loudest(s);
    const bool above = s.average_db[k + 1] > s.average_db[k - 1];
    const double ratio = gain_from_db(s.average_db[above ? k + 1 : k - 1] - s.average_db[k]);
    const double d = (2 * ratio - 1) / (1 + ratio);
    const double found = static_cast<double>(k) + (above ? d : -d);
    CHECK(std::abs(found - hz * size / 44100) < 0.01);
    const double pi_d = std::acos(-1.0) * d;
    const double loss = std::abs(d) < 1e-9 ? 1 : std::sin(pi_d) / pi_d / (1 - d * d);
    CHECK(std::abs(s.average_db[k] - db_from_gain(loss) - db_from_gain(0.5)) < 0.02);
}

TEST_CASE("spectrum: of many resolutions it reads a sine within half a decibel, and is fine at both ends",
          "[spectrum]") {
    const double hz = GENERATE(30.0, 100.7, 1000.0, 10033.0);
    const Spectrum s = spectrum_of(sine(hz, 1, 44100, 1 << 18), {});
    CAPTURE(hz);
    CHECK(std::abs(s.average_db[loudest(s)]) < 0.5);
    CHECK(std::abs(std::log2(s.hz[loudest(s)] / hz)) < 0.75 / 48);
    CHECK(nearest_level(s, s.noise_hz, 30) / noise_bandwidth_bins(SpectrumWindow::hann) < 1);
    CHECK(noise_bandwidth_bins(SpectrumWindow::hann) / nearest_level(s, s.noise_hz, 10000) < 0.005);
}

TEST_CASE("spectrum: white noise is level and pink noise falls 3 dB an octave, at the density they have",
          "[spectrum]") {
    const SpectrumSettings settings{1 << 13, SpectrumWindow::hann, SpectrumPart::sum};
    const Spectrum white = in_octave_bands(spectrum_of(noise(0.1, 1 << 20), settings), 1);
    const Spectrum pink = in_octave_bands(spectrum_of(pink_noise(0.1, 1 << 20), settings), 1);
    for (std::size_t k = 0; k + 1 < white.hz.size(); ++k) {
        if (white.hz[k] < 100 || white.hz[k] > 9000) continue;
        CAPTURE(white.hz[k]);
        // Within a band: variance · width / (rate / 2), of a spectrum on which a sine of amplitude 1 reads 1.
        CHECK(std::abs(white.average_db[k] - db_from_power(2 * 0.01 * white.noise_hz[k] / 22050)) < 0.15);
        CHECK(std::abs(pink.average_db[k + 1] - pink.average_db[k]) < 0.6);  // the filter's own ripple
    }
}

TEST_CASE("spectrum: bands of any width hold the programme's power", "[spectrum]") {
    const int bands = GENERATE(1, 3, 6, 24, 48);
    const Spectrum s = spectrum_of(pink_noise(0.1, 1 << 18), {1 << 14, SpectrumWindow::hann, SpectrumPart::sum});
    const Spectrum in_bands = in_octave_bands(s, bands);
    const std::vector<OctaveBand> edges = octave_bands(bands, 10, 22050);
    for (std::size_t k = 1; k < edges.size(); ++k) CHECK(std::abs(edges[k].low_hz / edges[k - 1].high_hz - 1) < 1e-12);
    double whole = 0, part = 0;
    const double width = 44100.0 / (1 << 14);
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        if (s.hz[k] > edges[0].low_hz) whole += power_from_db(s.average_db[k]) * width / s.noise_hz[k];
    for (const double level : in_bands.average_db) part += power_from_db(level);
    CHECK(std::abs(db_from_power(part / whole)) < 0.2);
}

TEST_CASE("spectrum: percentiles of noise that steps are its steps' levels", "[spectrum]") {
    // A quarter of the time at −40 dB, half at −20, a quarter at 0: 10 % lies in the quiet part, 50 % in the middle.
    AudioBuffer<double> audio = sine(1000, 1, 44100, 44100 * 20);
    for (Frames n = 0; n < audio.frames(); ++n) {
        const double t = static_cast<double>(n) / static_cast<double>(audio.frames());
        audio.channel(0)[n] *= gain_from_db(t < 0.25 ? -40.5 : t < 0.75 ? -20.5 : -0.5);
    }
    const Spectrum s = spectrum_of(audio, {1 << 12, SpectrumWindow::flat_top, SpectrumPart::sum});
    const std::size_t k = loudest(s);
    CHECK(std::abs(s.p10_db[k] + 40.5) < 0.6);
    CHECK(std::abs(s.p50_db[k] + 20.5) < 0.6);
    CHECK(std::abs(s.p90_db[k] + 0.5) < 0.6);
    CHECK(std::abs(s.peak_db[k] + 0.5) < 0.02);
}

TEST_CASE("spectrum: mid and side part what the channels share from what they do not", "[spectrum]") {
    AudioBuffer<double> audio(2, 1 << 16);
    const AudioBuffer<double> shared = sine(1000, 0.5, 44100, 1 << 16), opposed = sine(3000, 0.25, 44100, 1 << 16);
    for (Frames n = 0; n < audio.frames(); ++n) {
        audio.channel(0)[n] = shared.channel(0)[n] + opposed.channel(0)[n];
        audio.channel(1)[n] = shared.channel(0)[n] - opposed.channel(0)[n];
    }
    const Spectrum mid = spectrum_of(audio, {1 << 12, SpectrumWindow::flat_top, SpectrumPart::mid});
    const Spectrum side = spectrum_of(audio, {1 << 12, SpectrumWindow::flat_top, SpectrumPart::side});
    CHECK(std::abs(nearest_level(mid, mid.average_db, 1000) - db_from_gain(0.5)) < 0.02);
    CHECK(nearest_level(mid, mid.average_db, 3000) < -80);
    CHECK(std::abs(nearest_level(side, side.average_db, 3000) - db_from_gain(0.25)) < 0.02);
    CHECK(nearest_level(side, side.average_db, 1000) < -80);
    SerialWorkers workers;
    CHECK_THROWS_AS(SpectrumMeter({0, SpectrumWindow::hann, SpectrumPart::side}, 1, 44100, workers), BadSetting);
    CHECK_THROWS_AS(SpectrumMeter({5000, SpectrumWindow::hann, SpectrumPart::sum}, 1, 44100, workers), BadSetting);
}

TEST_CASE("spectrum: it is the same however the programme is cut, and silence and one sample have one", "[spectrum]") {
    const AudioBuffer<double> audio = pink_noise(0.1, 150001, 2);
    CHECK(spectrum_of(audio, {}).average_db == spectrum_of(audio, {}, 44100, 4099).average_db);
    for (const double level : spectrum_of(AudioBuffer<double>(1, 1), {}).average_db) CHECK(level < -159.9);
    for (const double level : spectrum_of(AudioBuffer<double>(1, 100000), {1 << 12}).average_db) CHECK(level < -159.9);
}

TEST_CASE("spectrum: at any rate a sine is read", "[spectrum]") {
    const double rate = GENERATE(8000.0, 11025.0, 48000.0, 192000.0);
    const Spectrum s = spectrum_of(sine(440, 1, rate, 1 << 19), {}, rate);
    CAPTURE(rate);
    CHECK(std::abs(s.average_db[loudest(s)]) < 0.5);
    CHECK(std::abs(s.hz[loudest(s)] - 440) < 5);
}
