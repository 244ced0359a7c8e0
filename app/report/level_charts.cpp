// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/level_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

constexpr std::size_t columns = 1100;  // about the pixels of a chart
constexpr double low_db = -54, high_db = 6;

double duration_s(const LevelHistory& history) { return static_cast<double>(history.frames) / history.rate; }

Axis time_to(double end_s) { return time_axis({0, std::max(end_s, 0.01)}); }
Axis level_axis() { return linear_axis({low_db, high_db}, "LUFS; true peak in dBTP", 6); }

/// How a curve is laid on the chart: behind `from_s`, with at most so many points.
struct Place {
    double from_s = 0;
    std::size_t points = columns;
};

Chart::Curve thinned(const LevelHistory& history, const std::vector<float>& values, const Place& place, int series,
                     double width) {
    Chart::Curve curve{{}, {}, series, width};
    const std::size_t step = std::max<std::size_t>(1, (values.size() + place.points - 1) / place.points);
    for (std::size_t first = 0; first < values.size(); first += step) {
        const std::size_t end = std::min(first + step, values.size());
        double largest = std::nan("");
        for (std::size_t k = first; k < end; ++k) largest = std::fmax(largest, values[k]);
        curve.x.push_back(place.from_s + history.end_s(end - 1));
        curve.y.push_back(largest);
    }
    return curve;
}
Chart::Curve true_peak_curve(const LevelHistory& history, const Place& place) {
    Chart::Curve curve = thinned(history, history.largest_true_peak(), place, 2, 0.8);
    for (double& value : curve.y) value = db_from_gain(value);
    return curve;
}

void add_level(Chart& chart, const std::string& text, double level, int series) {
    chart.curves.push_back({{chart.x.range.low, chart.x.range.high}, {level, level}, series, 1.2, true});
    chart.keys.push_back({text, series, Chart::Key::Swatch::dashes});
}
void add_targets(Chart& chart, const LevelTargets& targets) {
    if (targets.loudness_lufs)
        add_level(chart, fmt::format("target {:.1f} LUFS", *targets.loudness_lufs), *targets.loudness_lufs, 0);
    if (targets.true_peak_dbtp)
        add_level(chart, fmt::format("ceiling {:.1f} dBTP", *targets.true_peak_dbtp), *targets.true_peak_dbtp, 2);
}

}  // namespace

Chart loudness_chart(const LevelHistory& history, const std::string& title, const LevelTargets& targets) {
    Chart chart{title, time_to(duration_s(history)), level_axis(), {}, {}, {}, {}};
    chart.curves = {true_peak_curve(history, {}), thinned(history, history.loudness.momentary_lufs, {}, 0, 0.8),
                    thinned(history, history.loudness.short_term_lufs, {}, 1, 2.2)};
    chart.keys = {{"true peak", 2}, {"momentary", 0}, {"short-term", 1}};
    if (const auto lufs = integrated_lufs(history.blocks))
        add_level(chart, fmt::format("integrated {:.1f} LUFS", *lufs), *lufs, 1);
    add_targets(chart, targets);
    return chart;
}

Chart album_loudness_chart(const std::vector<NamedHistory>& parts, const std::string& title,
                           const LevelTargets& targets) {
    double total_s = 0;
    for (const NamedHistory& part : parts) total_s += duration_s(*part.history);
    Chart chart{title, time_to(total_s), level_axis(), {}, {}, {}, {}};
    double from_s = 0;
    for (const NamedHistory& part : parts) {
        const LevelHistory& history = *part.history;
        const double length_s = duration_s(history);
        const Place place{from_s, static_cast<std::size_t>(static_cast<double>(columns) * length_s / total_s) + 2};
        chart.curves.push_back(true_peak_curve(history, place));
        chart.curves.push_back(thinned(history, history.loudness.short_term_lufs, place, 1, 1.6));
        if (const auto lufs = integrated_lufs(history.blocks))
            chart.curves.push_back({{from_s, from_s + length_s}, {*lufs, *lufs}, 1, 1.2, true});
        chart.marks.push_back({from_s, part.name});
        from_s += length_s;
    }
    chart.keys = {{"true peak", 2}, {"short-term", 1}, {"integrated, each", 1, Chart::Key::Swatch::dashes}};
    add_targets(chart, targets);
    return chart;
}

Chart waveform_chart(const LevelHistory& history, const std::string& title) {
    Chart chart{title, time_to(duration_s(history)), linear_axis({-1, 1}, "full scale = 1", 0.5), {}, {}, {}, {}};
    std::size_t zoom = 0;
    const std::vector<WaveformLevel>& levels = history.waveforms.front().levels;
    while (zoom + 1 < levels.size() && levels[zoom].low.size() > 2 * columns) ++zoom;
    Chart::Band extremes{{}, {}, {}, 0, 0.45}, rms{{}, {}, {}, 0, 0.9};
    for (std::size_t i = 0; i < levels[zoom].low.size(); ++i) {
        const double middle_s = (static_cast<double>(i) + 0.5) * static_cast<double>(levels[zoom].cell_frames);
        double low = 1e9, high = -1e9, loudest = 0;
        for (const Waveform& waveform : history.waveforms) {
            const WaveformLevel& level = waveform.levels[zoom];
            low = std::min<double>(low, level.low[i]);
            high = std::max<double>(high, level.high[i]);
            loudest = std::max<double>(loudest, level.rms[i]);
        }
        for (Chart::Band* band : {&extremes, &rms}) band->x.push_back(middle_s / history.rate);
        extremes.low.push_back(low);
        extremes.high.push_back(high);
        rms.low.push_back(-loudest);
        rms.high.push_back(loudest);
    }
    chart.bands = {std::move(extremes), std::move(rms)};
    chart.keys = {{"extremes", 0, Chart::Key::Swatch::area}, {"RMS", 0}};
    return chart;
}

}  // namespace lathe
