// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram_pyramid.h"

#include <algorithm>
#include <utility>

namespace lathe {

SpectrogramPyramid::SpectrogramPyramid(int rows, int finest, Sink sink)
    : rows_(static_cast<std::size_t>(rows)), finest_(finest), sink_(std::move(sink)) {}

void SpectrogramPyramid::add(std::span<const std::uint8_t> columns) {
    for (std::size_t at = 0; at < columns.size(); at += rows_) add_to(0, columns.subspan(at, rows_));
}

void SpectrogramPyramid::add_to(std::size_t level, std::span<const std::uint8_t> column) {
    if (level == levels_.size()) levels_.emplace_back();
    Level& here = levels_[level];
    ++here.columns;
    if (static_cast<int>(level) >= finest_) {
        here.tile.insert(here.tile.end(), column.begin(), column.end());
        if (here.columns % tile_columns == 0) give(level);
    }
    if (here.single.empty()) {
        here.single.assign(column.begin(), column.end());
        return;
    }
    std::vector<std::uint8_t> pair = std::exchange(here.single, {});
    for (std::size_t row = 0; row < rows_; ++row) pair[row] = std::max(pair[row], column[row]);
    add_to(level + 1, pair);
}

void SpectrogramPyramid::give(std::size_t level) {
    sink_(static_cast<int>(level) - finest_, levels_[level].tile);
    levels_[level].tile.clear();
}

void SpectrogramPyramid::finish() {
    for (std::size_t level = 0; level < levels_.size(); ++level) {
        if (!levels_[level].single.empty() && (levels_[level].columns > 1 || static_cast<int>(level) < finest_)) {
            const std::vector<std::uint8_t> single = std::exchange(levels_[level].single, {});
            add_to(level + 1, single);
        }
        if (static_cast<int>(level) < finest_) continue;
        if (!levels_[level].tile.empty()) give(level);
        if (levels_[level].columns <= tile_columns) return;
    }
}

}  // namespace lathe
