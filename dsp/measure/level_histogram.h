// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lathe {

/// How often each level came, at many points: percentiles of any length of programme in bounded memory.
class LevelHistogram {
public:
    static constexpr int lowest_db = -160, classes = 176;  ///< of 1 dB each; what lies outside counts in the last
    explicit LevelHistogram(std::size_t points) : counts_(points * classes) {}
    /// levels_db: one a point.
    void add(std::span<const float> levels_db);
    /// The level in dB that a share of the values does not reach, read between the edges of a class.
    double percentile_db(std::size_t point, double share) const;

private:
    std::vector<std::uint32_t> counts_;  // [points][classes]
};

}  // namespace lathe
