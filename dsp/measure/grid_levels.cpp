// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/grid_levels.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {

GridLevels::GridLevels(const LogGrid& grid, std::size_t size, double rate) {
    const double bins_per_hz = static_cast<double>(size) / rate, end = static_cast<double>(size / 2);
    cells_.reserve(static_cast<std::size_t>(grid.count));
    for (int i = 0; i < grid.count; ++i) {
        // Bin k is centred on k: it reaches from k − ½ to k + ½.
        const double low = std::min(grid.hz(i - 0.5) * bins_per_hz + 0.5, end);
        const double high = std::min(grid.hz(i + 0.5) * bins_per_hz + 0.5, end);
        Cell cell{};
        cell.wide = high - low >= 1;
        if (cell.wide) {
            cell.first = static_cast<std::size_t>(low);
            cell.last = static_cast<std::size_t>(high);
            cell.first_part = static_cast<float>(static_cast<double>(cell.first + 1) - low);
            cell.last_part = static_cast<float>(high - static_cast<double>(cell.last));
            cell.scale = static_cast<float>(1 / (high - low));
        } else {
            const double at = std::min(grid.hz(i) * bins_per_hz, end);
            cell.first = std::min(static_cast<std::size_t>(at), size / 2 - 1);
            cell.last = cell.first + 1;
            cell.last_part = static_cast<float>(at - static_cast<double>(cell.first));
            cell.first_part = 1 - cell.last_part;
            cell.scale = 1;
        }
        cells_.push_back(cell);
    }
}

void GridLevels::mean(std::span<const float> bins_db, std::span<float> levels) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Cell& cell = cells_[i];
        float sum = cell.first_part * bins_db[cell.first] + cell.last_part * bins_db[cell.last];
        for (std::size_t k = cell.first + 1; k < cell.last; ++k) sum += bins_db[k];
        levels[i] = sum * cell.scale;
    }
}

void GridLevels::power(std::span<const float> bins, std::span<const float> bins_db, std::span<float> levels) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Cell& cell = cells_[i];
        if (!cell.wide) {
            levels[i] = cell.first_part * bins_db[cell.first] + cell.last_part * bins_db[cell.last];
            continue;
        }
        float sum = cell.first_part * bins[cell.first] + cell.last_part * bins[cell.last];
        for (std::size_t k = cell.first + 1; k < cell.last; ++k) sum += bins[k];
        levels[i] = static_cast<float>(db_from_power(std::max(sum * cell.scale, 1e-14f)));
    }
}

}  // namespace lathe
