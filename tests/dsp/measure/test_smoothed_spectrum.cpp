// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/smoothed_spectrum.h"

#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

/// A spectrum on the usual grid, as wide in resolution as it is there, with levels by frequency.
template <class Level>
Spectrum spectrum_with(Level level, double rate = 44100) {
    Spectrum s;
    const LogGrid grid = spectrum_grid(rate);
    for (int i = 0; i < grid.count; ++i) {
        s.hz.push_back(grid.hz(i));
        s.noise_hz.push_back(spectrum_resolution_hz(grid.hz(i), rate));
        s.average_db.push_back(level(grid.hz(i), s.noise_hz.back()));
    }
    return s;
}

}  // namespace

TEST_CASE("smoothing: white noise stays on its line, pink noise within 0.05 dB", "[spectrum]") {
    const int bands = GENERATE(3, 6, 12, 24);
    const Spectrum white = spectrum_with([](double, double wide) { return db_from_power(wide) - 60; });
    const Spectrum pink = spectrum_with([](double hz, double wide) { return db_from_power(wide / hz) - 20; });
    const std::vector<double> w = smoothed_db(white, white.average_db, bands),
                              p = smoothed_db(pink, pink.average_db, bands);
    CAPTURE(bands);
    REQUIRE(w.size() == white.hz.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
        CAPTURE(white.hz[i]);
        CHECK_THAT(w[i], WithinAbs(white.average_db[i], 1e-9));
        if (white.hz[i] > 12 && white.hz[i] < 17000) CHECK_THAT(p[i], WithinAbs(pink.average_db[i], 0.05));
    }
}

TEST_CASE("smoothing: each point is the mean density around it, as summed up in small steps", "[spectrum]") {
    const Spectrum s = spectrum_with([](double hz, double) { return -40 + 18 * std::sin(5 * std::log(hz)); });
    const int bands = GENERATE(3, 12);
    const std::vector<double> smoothed = smoothed_db(s, s.average_db, bands);
    for (std::size_t i = 60; i + 60 < s.hz.size(); i += 37) {
        const double reach = std::exp2(0.5 / bands), low = s.hz[i] / reach, high = s.hz[i] * reach;
        double density = 0;
        constexpr int steps = 20000;
        for (int n = 0; n < steps; ++n) {
            const double hz = low + (n + 0.5) / steps * (high - low);
            const auto nearest = static_cast<std::size_t>(
                std::min_element(s.hz.begin(), s.hz.end(),
                                 [&](double a, double b) { return std::abs(a - hz) < std::abs(b - hz); }) -
                s.hz.begin());
            density += power_from_db(s.average_db[nearest]) / s.noise_hz[nearest] / steps;
        }
        CAPTURE(bands, s.hz[i]);
        CHECK_THAT(smoothed[i], WithinAbs(db_from_power(density * s.noise_hz[i]), 0.01));
    }
}
