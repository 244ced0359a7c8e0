// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/plot/figure.h"

namespace lathe {
namespace {

/// One row of the evidence as a curve: the window of 2^15 points.
std::vector<double> evidence_curve(const ResonanceEvidence& evidence, int percentile) {
    const float* const row = evidence.row(3 * ResonanceEvidence::percentiles + percentile);
    return {row, row + resonance_grid.count};
}

}  // namespace

std::string spectrum_picture(const FileSpectrum& file, const Theme& theme, const std::string& title) {
    const Spectrum& s = file.spectrum;
    double highest = -160;
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        if (s.hz[k] >= 20) highest = std::max(highest, s.peak_db[k]);
    const double high = std::max(-100.0, std::ceil(highest / 10) * 10);
    Figure figure(theme, title, {20, std::min(20000.0, file.info.sample_rate / 2.0)}, {high - 100, high},
                  "level in dB, full-scale sine = 0");
    figure.band(s.hz, s.p10_db, s.p90_db, 0);
    figure.line(s.hz, s.peak_db, 1, 1.2);
    figure.line(s.hz, s.average_db, 0, 2);
    figure.legend("10 to 90 % of the time", 0, true);
    figure.legend("average", 0, false);
    figure.legend("peak", 1, false);
    return figure.png();
}

std::string resonance_picture(const FileResonances& found, const Theme& theme) {
    std::vector<double> hz;
    for (int p = 0; p < resonance_grid.count; ++p) hz.push_back(resonance_grid.hz(p));
    const std::vector<double> low = evidence_curve(found.evidence, 1), middle = evidence_curve(found.evidence, 2),
                              high = evidence_curve(found.evidence, 3);
    Figure figure(theme, found.info.path.filename().string() + ": what stands above its surroundings",
                  {30, std::min(19000.0, found.info.sample_rate / 2.0)}, {-20, 40}, "dB above half an octave around");
    figure.band(hz, low, high, 0);
    figure.line(hz, middle, 0, 1.6);
    std::vector<Resonance> worst(found.resonances.begin(),
                                 found.resonances.begin() + std::min<std::ptrdiff_t>(10, std::ssize(found.resonances)));
    std::sort(worst.begin(), worst.end(),
              [](const Resonance& a, const Resonance& b) { return a.frequency_hz < b.frequency_hz; });
    std::vector<Figure::Mark> marks;
    for (const Resonance& r : worst)
        marks.push_back({r.frequency_hz, r.frequency_hz < 1000
                                             ? fmt::format("{:.0f} Hz, Q {:.0f}", r.frequency_hz, r.q)
                                             : fmt::format("{:.2f} kHz, Q {:.0f}", r.frequency_hz / 1000, r.q)});
    figure.marks(marks);
    figure.legend("20 to 80 % of the time", 0, true);
    figure.legend("half of the time", 0, false);
    figure.legend("resonance", 1, false);
    return figure.png();
}

}  // namespace lathe
