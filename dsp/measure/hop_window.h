// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lathe {

/// Sums over the hops that ended last: over all there are, until the window is full. Each sum is taken anew, so that no
/// rounding error outlives the window.
class HopWindow {
public:
    HopWindow(int hops, std::size_t columns)
        : hops_(static_cast<std::size_t>(hops)), values_(hops_ * columns), sums_(columns) {}

    /// The next hop's numbers, one a column. Returns the sums with it.
    std::span<const double> push(std::span<const double> row);

private:
    std::size_t hops_, next_ = 0;
    std::vector<double> values_;  ///< [columns][hops]
    std::vector<double> sums_;
};

}  // namespace lathe
