// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/octave_bands.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// The power between two frequencies of a spectrum whose density is even within each point's cell.
double power_between(const Spectrum& s, const std::vector<double>& levels_db, const std::vector<double>& edges,
                     double low, double high) {
    const auto first = std::upper_bound(edges.begin(), edges.end(), low) - edges.begin() - 1;
    double power = 0;
    for (auto k = static_cast<std::size_t>(std::max<std::ptrdiff_t>(first, 0)); k + 1 < edges.size(); ++k) {
        if (edges[k] >= high) break;
        const double width = std::min(high, edges[k + 1]) - std::max(low, edges[k]);
        if (width > 0) power += width * power_from_db(levels_db[k]) / s.noise_hz[k];
    }
    return power;
}

}  // namespace

std::vector<OctaveBand> octave_bands(int bands, double from_hz, double to_hz) {
    const double octave = std::pow(10, 0.3);  // as the standard has it: 1.995…
    const auto centre = [&](double k) {
        return 1000 * std::pow(octave, bands % 2 != 0 ? k / bands : (2 * k + 1) / (2.0 * bands));
    };
    const double half = std::pow(octave, 0.5 / bands);
    std::vector<OctaveBand> found;
    const double first = std::floor(bands * std::log(from_hz / 1000) / std::log(octave)) - 1;
    for (double k = first; centre(k) / half < to_hz; ++k)
        if (centre(k) * half > from_hz) found.push_back({centre(k) / half, centre(k), centre(k) * half});
    return found;
}

Spectrum in_octave_bands(const Spectrum& spectrum, int bands) {
    std::vector<double> edges;
    for (std::size_t k = 0; k < spectrum.hz.size(); ++k)
        edges.push_back(k == 0 ? std::max(0.0, spectrum.hz[0] - (spectrum.hz[1] - spectrum.hz[0]) / 2)
                               : (spectrum.hz[k - 1] + spectrum.hz[k]) / 2);
    edges.push_back(spectrum.hz.back());
    Spectrum s;
    s.frames = spectrum.frames;
    for (const OctaveBand& band : octave_bands(bands, std::max(10.0, edges[1]), edges.back())) {
        s.hz.push_back(band.centre_hz);
        s.noise_hz.push_back(band.high_hz - band.low_hz);
        const auto level = [&](const std::vector<double>& levels) {
            return std::max(-160.0, db_from_power(power_between(spectrum, levels, edges, band.low_hz, band.high_hz)));
        };
        s.average_db.push_back(level(spectrum.average_db));
        s.peak_db.push_back(level(spectrum.peak_db));
        s.p10_db.push_back(level(spectrum.p10_db));
        s.p50_db.push_back(level(spectrum.p50_db));
        s.p90_db.push_back(level(spectrum.p90_db));
    }
    return s;
}

}  // namespace lathe
