// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/plot/axis.h"
#include "app/plot/theme.h"

namespace lathe {

/// Levels over time and frequency as colours: 1200 × 720, a scale to the right.
struct HeatMap {
    static constexpr int columns = 1014, rows = 590;  ///< pixels between the axes

    std::string title;
    Range seconds, hz, db;
    std::string db_label;

    /// The picture as the bytes of a PNG file. levels_db: [columns][rows], lowest frequency first.
    std::string png(const Theme& theme, std::span<const float> levels_db) const;
};

}  // namespace lathe
