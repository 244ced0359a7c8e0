// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/gain_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

constexpr std::size_t columns = 1100;  // about the pixels of a chart
constexpr double least_reach_db = 6;

/// The processor in a stage's name that has gains: the last of those that stand together in it.
std::string processor_of(const std::string& stage) { return stage.substr(stage.rfind('+') + 1); }

Chart::Curve curve_of(const std::vector<float>& gains_db, int series) {
    Chart::Curve curve{{}, {}, series, 1.4};
    const std::size_t step = std::max<std::size_t>(1, (gains_db.size() + columns - 1) / columns);
    for (std::size_t first = 0; first < gains_db.size(); first += step) {
        const std::size_t end = std::min(first + step, gains_db.size());
        double furthest = 0;
        for (std::size_t k = first; k < end; ++k)
            if (std::abs(gains_db[k]) > std::abs(furthest)) furthest = gains_db[k];
        curve.x.push_back(static_cast<double>(end) * GainHistory::seconds_per_entry);
        curve.y.push_back(furthest);
    }
    return curve;
}

}  // namespace

Chart gain_chart(const std::vector<StageGains>& stages, const std::string& title) {
    Chart chart{title, {}, {}, {}, {}, {}, {}};
    double end_s = 0.01, low_db = -least_reach_db, high_db = 0;
    int series = 0;
    for (const StageGains& stage : stages) {
        const std::vector<std::vector<float>>& bands = stage.history.bands;
        for (std::size_t b = 0; b < bands.size(); ++b) {
            if (bands[b].empty()) continue;
            const std::string name = processor_of(stage.stage);
            chart.keys.push_back({bands.size() > 1 ? fmt::format("{} {}", name, b + 1) : name, series});
            chart.curves.push_back(curve_of(bands[b], series++));
            for (const double db : chart.curves.back().y) {
                low_db = std::min(low_db, db);
                high_db = std::max(high_db, db);
            }
            end_s = std::max(end_s, chart.curves.back().x.back());
        }
    }
    constexpr double step_db = 3;
    chart.x = time_axis({0, end_s});
    chart.y = linear_axis({step_db * std::floor(low_db / step_db), step_db * std::ceil(high_db / step_db)},
                          "gain in dB", step_db);
    return chart;
}

}  // namespace lathe
