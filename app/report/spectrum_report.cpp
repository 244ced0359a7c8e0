// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/spectrum_report.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/report/table.h"
#include "dsp/measure/octave_bands.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

/// What nobody can use makes files ten times as long.
Json rounded(const std::vector<double>& values, double scale) {
    Json list = Json::array();
    for (const double value : values) list.push_back(std::round(value * scale) / scale);
    return list;
}

}  // namespace

Json to_json(const FileSpectrum& file) {
    const Spectrum& s = file.spectrum;
    return {{"lathe_json", 1},
            {"path", file.info.path.string()},
            {"sample_rate", file.info.sample_rate},
            {"frames", s.frames},
            {"hz", rounded(s.hz, 1000)},
            {"average_db", rounded(s.average_db, 1000)},
            {"peak_db", rounded(s.peak_db, 1000)},
            {"p10_db", rounded(s.p10_db, 1000)},
            {"p50_db", rounded(s.p50_db, 1000)},
            {"p90_db", rounded(s.p90_db, 1000)},
            {"noise_hz", rounded(s.noise_hz, 1000)}};
}

std::string spectrum_csv(const Spectrum& s) {
    std::string text = "hz,average_db,peak_db,p10_db,p50_db,p90_db,noise_hz\n";
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        text += fmt::format("{:.3f},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f},{:.4f}\n", s.hz[k], s.average_db[k],
                            s.peak_db[k], s.p10_db[k], s.p50_db[k], s.p90_db[k], s.noise_hz[k]);
    return text;
}

std::string spectrum_text(const FileSpectrum& file) {
    using Align = Table::Align;
    Table table({Align::right, Align::right, Align::right, Align::right, Align::right, Align::right});
    table.add({"octave Hz", "average dB", "peak", "10 %", "50 %", "90 %"});
    const Spectrum s = in_octave_bands(file.spectrum, 1);
    for (std::size_t k = 0; k < s.hz.size(); ++k)
        table.add({fixed(s.hz[k], s.hz[k] < 100 ? 1 : 0), fixed(s.average_db[k], 1), fixed(s.peak_db[k], 1),
                   fixed(s.p10_db[k], 1), fixed(s.p50_db[k], 1), fixed(s.p90_db[k], 1)});
    return table.text();
}

}  // namespace lathe
