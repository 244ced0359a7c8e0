// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/level_histogram.h"

#include <algorithm>
#include <cmath>

namespace lathe {

void LevelHistogram::add(std::span<const float> levels_db) {
    for (std::size_t p = 0; p < levels_db.size(); ++p) {
        const int at = std::clamp(static_cast<int>(std::floor(levels_db[p])) - lowest_db, 0, classes - 1);
        ++counts_[p * classes + static_cast<std::size_t>(at)];
    }
}

double LevelHistogram::percentile_db(std::size_t point, double share) const {
    const std::span counts = std::span(counts_).subspan(point * classes, classes);
    double total = 0;
    for (const std::uint32_t count : counts) total += count;
    const double wanted = share * total;
    double below = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        if (counts[c] > 0 && below + counts[c] >= wanted)
            return c == 0 ? lowest_db : lowest_db + static_cast<double>(c) + (wanted - below) / counts[c];
        below += counts[c];
    }
    return lowest_db;
}

}  // namespace lathe
