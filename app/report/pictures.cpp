// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/plot/chart.h"

namespace lathe {
namespace {

constexpr double lowest_hz = 20;

std::string name_of(const AudioInfo& info) { return info.path.filename().string(); }

Axis audible(const AudioInfo& info) { return frequency_axis({lowest_hz, std::min(20000.0, info.sample_rate / 2.0)}); }

/// The largest of a curve's values in what is shown.
double largest(const Spectrum& s, const std::vector<double>& values) {
    double most = -160;
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        if (s.hz[k] >= lowest_hz) most = std::max(most, values[k]);
    return most;
}

/// One row of the evidence as a curve: the window of 2^15 points.
std::vector<double> evidence_curve(const ResonanceEvidence& evidence, int percentile) {
    const float* const row = evidence.row(3 * ResonanceEvidence::percentiles + percentile);
    return {row, row + resonance_grid.count};
}

}  // namespace

std::string spectrum_picture(std::span<const FileSpectrum> files, const Theme& theme) {
    const bool alone = files.size() == 1;
    double most = -160;
    for (const FileSpectrum& file : files)
        most = std::max(most, largest(file.spectrum, alone ? file.spectrum.peak_db : file.spectrum.average_db));
    const double high = std::max(-100.0, std::ceil(most / 10) * 10);
    Chart chart{alone ? name_of(files[0].info) : "average spectra",
                audible(files[0].info),
                linear_axis({high - 100, high}, "level in dB, full-scale sine = 0"),
                {},
                {},
                {},
                {}};
    if (alone) {
        const Spectrum& s = files[0].spectrum;
        chart.bands = {{s.hz, s.p10_db, s.p90_db, 0}};
        chart.curves = {{s.hz, s.peak_db, 1, 1.2}, {s.hz, s.average_db, 0, 2}};
        chart.keys = {{"peak", 1}, {"average", 0}, {"10 to 90 % of the time", 0, Chart::Key::Swatch::area}};
        return chart_png(chart, theme);
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const int series = static_cast<int>(i % theme.series.size());
        const bool dashed = i >= theme.series.size();
        chart.curves.push_back({files[i].spectrum.hz, files[i].spectrum.average_db, series, 1.6, dashed});
        chart.keys.push_back(
            {name_of(files[i].info), series, dashed ? Chart::Key::Swatch::dashes : Chart::Key::Swatch::line});
    }
    return chart_png(chart, theme);
}

std::string difference_picture(const FileSpectrum& difference, const std::string& title, const Theme& theme) {
    const Spectrum& s = difference.spectrum;
    double most = 6;
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        if (s.hz[k] >= lowest_hz) most = std::max(most, std::abs(s.average_db[k]));
    const double step = most > 24 ? 10 : 3, reach = step * std::min(std::ceil(most / step), 6.0);
    const Chart chart{title,
                      audible(difference.info),
                      linear_axis({-reach, reach}, "difference in dB", step),
                      {},
                      {{s.hz, s.peak_db, 1, 1.2}, {s.hz, s.average_db, 0, 2}},
                      {},
                      {{"peak", 1}, {"average", 0}}};
    return chart_png(chart, theme);
}

std::string resonance_picture(const FileResonances& found, const Theme& theme) {
    std::vector<double> hz;
    for (int p = 0; p < resonance_grid.count; ++p) hz.push_back(resonance_grid.hz(p));
    Chart chart{name_of(found.info) + ": what stands above its surroundings",
                frequency_axis({30, std::min(19000.0, found.info.sample_rate / 2.0)}),
                linear_axis({-20, 40}, "dB above half an octave around"),
                {{hz, evidence_curve(found.evidence, 1), evidence_curve(found.evidence, 3), 0}},
                {{hz, evidence_curve(found.evidence, 2), 0}},
                {},
                {{"half of the time", 0}, {"20 to 80 % of the time", 0, Chart::Key::Swatch::area}}};
    chart.marks_in_rows = true;
    std::vector<Resonance> worst(found.resonances.begin(),
                                 found.resonances.begin() + std::min<std::ptrdiff_t>(10, std::ssize(found.resonances)));
    std::sort(worst.begin(), worst.end(),
              [](const Resonance& a, const Resonance& b) { return a.frequency_hz < b.frequency_hz; });
    for (const Resonance& r : worst)
        chart.marks.push_back({r.frequency_hz, r.frequency_hz < 1000
                                                   ? fmt::format("{:.0f} Hz, Q {:.0f}", r.frequency_hz, r.q)
                                                   : fmt::format("{:.2f} kHz, Q {:.0f}", r.frequency_hz / 1000, r.q)});
    return chart_png(chart, theme);
}

}  // namespace lathe
