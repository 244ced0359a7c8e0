// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace lathe {

/// Sums over the hops that ended last: over all there are, until the window is full. Each sum is taken anew, so that no
/// rounding error outlives the window.
class HopWindow {
public:
    HopWindow(int hops, std::size_t columns)
        : hops_(static_cast<std::size_t>(hops)), columns_(columns), sums_(columns) {}

    /// The next hop's numbers, one a column. Returns the sums with it.
    std::span<const double> push(std::span<const double> row) {
        if (rows_.size() < hops_ * columns_)
            rows_.insert(rows_.end(), row.begin(), row.end());
        else
            std::copy(row.begin(), row.end(), rows_.begin() + static_cast<std::ptrdiff_t>(next_ * columns_));
        next_ = (next_ + 1) % hops_;
        std::fill(sums_.begin(), sums_.end(), 0.0);
        for (std::size_t i = 0; i < rows_.size(); i += columns_)
            for (std::size_t k = 0; k < columns_; ++k) sums_[k] += rows_[i + k];
        return sums_;
    }

private:
    std::size_t hops_, columns_, next_ = 0;
    std::vector<double> rows_, sums_;
};

}  // namespace lathe
