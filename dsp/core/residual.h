// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace lathe {

/// What is left of samples when the same samples, computed better, are taken away. Linear, full scale 1.
class Residual {
public:
    Residual() = default;
    /// One that was written down.
    Residual(double sum, double peak, std::int64_t count) : sum_(sum), peak_(peak), count_(count) {}
    void add(double difference) {
        sum_ += difference * difference;
        peak_ = std::isnan(difference) ? difference : std::max(peak_, std::abs(difference));
        ++count_;
    }
    double mean_square() const { return count_ > 0 ? sum_ / static_cast<double>(count_) : 0; }
    double sum() const { return sum_; }  ///< of squares
    double peak() const { return peak_; }
    std::int64_t count() const { return count_; }

private:
    double sum_ = 0, peak_ = 0;
    std::int64_t count_ = 0;
};

}  // namespace lathe
