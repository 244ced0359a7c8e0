// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/spectrogram_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/plot/heat_map.h"
#include "dsp/measure/spectrogram_pyramid.h"

namespace lathe {
namespace {

using Codes = std::vector<float>;  // of cells, or between two of them

/// What a pixel that stands for places low … high sees of lines at places 0 … last: the highest of several, or what is
/// read between two. line(place): one code a cell.
template <class Line>
void see(double low, double high, double last, std::size_t cells, Line line, Codes& seen) {
    seen.assign(cells, 0.0f);
    if (high - low < 1) {
        const double middle = std::clamp((low + high) / 2, 0.0, last), before = std::floor(middle);
        const auto share = static_cast<float>(middle - before);
        const auto* const first = line(static_cast<std::int64_t>(before));
        for (std::size_t k = 0; k < cells; ++k) seen[k] = (1 - share) * static_cast<float>(first[k]);
        const auto* const second = line(static_cast<std::int64_t>(std::min(before + 1, last)));
        for (std::size_t k = 0; k < cells; ++k) seen[k] += share * static_cast<float>(second[k]);
        return;
    }
    const auto end = static_cast<std::int64_t>(std::clamp(std::ceil(high - 0.5), 0.0, last));
    for (auto place = static_cast<std::int64_t>(std::clamp(std::round(low), 0.0, last)); place <= end; ++place) {
        const auto* const codes = line(place);
        for (std::size_t k = 0; k < cells; ++k) seen[k] = std::max(seen[k], static_cast<float>(codes[k]));
    }
}

/// Columns of one level, a tile at a time.
class Columns {
public:
    Columns(FileSpectrogram& file, int level, const Cancel& cancel) : file_(file), level_(level), cancel_(cancel) {}
    const std::uint8_t* operator()(std::int64_t column) {
        const std::int64_t wanted = column / SpectrogramPyramid::tile_columns;
        if (wanted != index_) {
            cancel_.check();
            tile_ = file_.tile(level_, wanted, cancel_);
            index_ = wanted;
        }
        return tile_.data() + column % SpectrogramPyramid::tile_columns * file_.grid().count;
    }

private:
    FileSpectrogram& file_;
    int level_;
    const Cancel& cancel_;
    std::int64_t index_ = -1;
    std::vector<std::uint8_t> tile_;
};

/// [pixel columns][pixel rows] codes. The level is the one that has a column or two for each pixel.
Codes picture_codes(FileSpectrogram& file, const SpectrogramView& view, double top_hz, const Cancel& cancel) {
    const double pixel_s = (view.to_s - view.from_s) / HeatMap::columns;
    int level = 0;
    while (level + 1 < file.levels() && file.hop_s(level + 1) <= pixel_s) ++level;
    const double hop_s = file.hop_s(level), last = static_cast<double>(file.columns(level) - 1);
    const auto rows = static_cast<std::size_t>(file.grid().count);
    const double rows_a_pixel = file.grid().point(top_hz) / HeatMap::rows;
    Columns columns(file, level, cancel);
    Codes column, code, codes;
    for (int x = 0; x < HeatMap::columns; ++x) {
        // Column c covers c … c + 1 hops: its middle is place c.
        const double low = (view.from_s + x * pixel_s) / hop_s - 0.5;
        see(low, low + pixel_s / hop_s, last, rows, std::ref(columns), column);
        for (int y = 0; y < HeatMap::rows; ++y) {
            see(
                y * rows_a_pixel, (y + 1) * rows_a_pixel, static_cast<double>(rows - 1), 1,
                [&](std::int64_t row) { return column.data() + row; }, code);
            codes.push_back(code.front());
        }
    }
    return codes;
}

}  // namespace

std::string spectrogram_picture(FileSpectrogram& file, const SpectrogramView& view, const Theme& theme,
                                const Cancel& cancel) {
    const Range hz{file.grid().first_hz, std::min(20000.0, file.info().sample_rate / 2.0)};
    std::vector<float> levels = picture_codes(file, view, hz.high, cancel);
    for (float& level : levels) level = static_cast<float>(spectrogram_db(level));
    const double loudest = *std::max_element(levels.begin(), levels.end());
    const double high = std::max(spectrogram_least_db + view.range_db, std::ceil(loudest / 10) * 10);
    const HeatMap map{
        view.title, {view.from_s, view.to_s}, hz, {high - view.range_db, high}, "level in dB, full-scale sine = 0"};
    return map.png(theme, levels);
}

nlohmann::ordered_json to_json(const FileSpectrogram& file, const SpectrogramSettings& settings) {
    const LogGrid& grid = file.grid();
    return {{"lathe_json", 1},
            {"path", file.info().path.string()},
            {"sample_rate", file.info().sample_rate},
            {"duration_s", file.info().duration_s()},
            {"part", spectrum_parts[static_cast<std::size_t>(settings.part)]},
            {"reassigned", settings.reassigned},
            {"columns", file.columns(0)},
            {"hop_s", file.hop_s(0)},
            {"rows", grid.count},
            {"rows_per_octave", grid.per_octave},
            {"first_hz", grid.first_hz},
            {"last_hz", grid.hz(grid.count - 1)},
            {"levels", file.levels()},
            {"least_db", spectrogram_least_db},
            {"step_db", spectrogram_step_db},
            {"was_kept", file.was_kept()}};
}

std::string spectrogram_text(const FileSpectrogram& file) {
    return fmt::format("{}: {} columns of {:.1f} ms, {} rows from {:g} Hz to {:.0f} Hz, {} levels{}\n",
                       file.info().path.filename().string(), file.columns(0), 1000 * file.hop_s(0), file.grid().count,
                       file.grid().first_hz, file.grid().hz(file.grid().count - 1), file.levels(),
                       file.was_kept() ? ", from the cache" : "");
}

}  // namespace lathe
