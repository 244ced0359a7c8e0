// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/measure/log_grid.h"

namespace lathe {

/// Reads a spectrum's bins at the points of a logarithmic grid. A cell wider than a bin takes the mean in dB of what
/// lies in it, so that a single tone does not speak for a cell of noise; a narrower one is interpolated in dB.
class GridLevels {
public:
    /// size: of the transform; points above rate / 2 read what its last bin does.
    GridLevels(const LogGrid& grid, std::size_t size, double rate);

    /// bins_db: size / 2 + 1 values. levels: one a point.
    void mean(std::span<const float> bins_db, std::span<float> levels) const;
    /// The same with the power of a wide cell, in dB. bins: linear power.
    void power(std::span<const float> bins, std::span<const float> bins_db, std::span<float> levels) const;

private:
    struct Cell {
        std::size_t first, last;      ///< bins
        float first_part, last_part;  ///< how much of those two counts; between them all
        float scale;                  ///< 1 / the width in bins
        bool wide;
    };
    std::vector<Cell> cells_;
};

}  // namespace lathe
