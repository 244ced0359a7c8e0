// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/level_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

enum class Unit { plain, decibel };  ///< as it is kept, or linear and to be shown in dB

/// How a line comes out of the hops that it stands for.
enum class Take { last, largest };

struct Column {
    std::string name;
    const std::vector<float>* values;
    Unit unit;
    Take take;
};

std::string cell(const Column& column, std::size_t first, std::size_t end) {
    const auto at = column.values->begin();
    const float taken = column.take == Take::last ? at[static_cast<std::ptrdiff_t>(end) - 1]
                                                  : *std::max_element(at + static_cast<std::ptrdiff_t>(first),
                                                                      at + static_cast<std::ptrdiff_t>(end));
    const double value = column.unit == Unit::decibel ? db_from_gain(taken) : taken;
    if (!std::isfinite(value)) return "";
    return column.name.starts_with("dc") ? fmt::format("{:.7f}", value) : fmt::format("{:.3f}", value);
}

std::string band_name(const FrequencyBand& band) {
    if (band.low_hz == 0) return fmt::format("correlation_below_{:g}_hz", band.high_hz);
    if (std::isinf(band.high_hz)) return fmt::format("correlation_above_{:g}_hz", band.low_hz);
    return fmt::format("correlation_{:g}_{:g}_hz", band.low_hz, band.high_hz);
}

}  // namespace

std::string level_csv(const LevelHistory& history, int rate) {
    const std::vector<float> true_peak = history.largest_true_peak(), psr = psr_db(history);
    std::vector<Column> columns{
        {"momentary_lufs", &history.loudness.momentary_lufs, Unit::plain, Take::last},
        {"short_term_lufs", &history.loudness.short_term_lufs, Unit::plain, Take::last},
        {"true_peak_dbtp", &true_peak, Unit::decibel, Take::largest},
        {"psr_db", &psr, Unit::plain, Take::last},
    };
    if (!history.stereo.correlation.empty()) {
        columns.push_back({"correlation", &history.stereo.correlation, Unit::plain, Take::last});
        for (std::size_t b = 0; b < correlation_bands.size(); ++b)
            columns.push_back({band_name(correlation_bands[b]), &history.band_correlation[b], Unit::plain, Take::last});
        columns.push_back({"width", &history.stereo.width, Unit::plain, Take::last});
    }
    for (std::size_t c = 0; c < history.channels.size(); ++c) {
        const ChannelCurves& channel = history.channels[c];
        columns.push_back(
            {fmt::format("true_peak_{}_dbtp", c + 1), &history.true_peak[c], Unit::decibel, Take::largest});
        columns.push_back(
            {fmt::format("sample_peak_{}_dbfs", c + 1), &channel.sample_peak, Unit::decibel, Take::largest});
        columns.push_back({fmt::format("rms_{}_dbfs", c + 1), &channel.rms, Unit::decibel, Take::last});
        columns.push_back({fmt::format("dc_{}", c + 1), &channel.dc_offset, Unit::plain, Take::last});
    }

    std::string text = "time_s";
    for (const Column& column : columns) text += "," + column.name;
    text += "\n";
    const auto step = static_cast<std::size_t>(hops_per_second / rate);
    for (std::size_t first = 0; first < history.hops(); first += step) {
        const std::size_t end = std::min(first + step, history.hops());
        text += fmt::format("{:.6f}", history.end_s(end - 1));
        for (const Column& column : columns) text += "," + cell(column, first, end);
        text += "\n";
    }
    return text;
}

void check_level_rate(int rate) {
    for (const int known : {10, 20, 25, 50, 100})
        if (rate == known) return;
    throw InputError(
        fmt::format("--rate: {} lines a second do not fall on the meters' 10 ms; give 10, 20, 25, 50 or 100", rate));
}

}  // namespace lathe
