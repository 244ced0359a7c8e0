// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {

/// Sums over the hops that ended last: over all there are, until the window is full. Each sum is taken anew, so that no
/// rounding error outlives the window.
class HopWindow {
public:
    HopWindow(int hops, std::size_t columns)
        : hops_(static_cast<std::size_t>(hops)), values_(hops_ * columns), sums_(columns) {}

    /// The next hop's numbers, one a column. Returns the sums with it.
    std::span<const double> push(std::span<const double> row) {
        for (std::size_t k = 0; k < sums_.size(); ++k) {
            double* const column = values_.data() + k * hops_;
            column[next_] = row[k];
            sums_[k] = run_kernel<MeasureSumPeak>(column, hops_).sum;
        }
        next_ = (next_ + 1) % hops_;
        return sums_;
    }

private:
    std::size_t hops_, next_ = 0;
    std::vector<double> values_;  ///< [columns][hops]
    std::vector<double> sums_;
};

}  // namespace lathe
