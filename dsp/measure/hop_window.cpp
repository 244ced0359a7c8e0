// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/hop_window.h"

#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {

std::span<const double> HopWindow::push(std::span<const double> row) {
    for (std::size_t k = 0; k < sums_.size(); ++k) {
        double* const column = values_.data() + k * hops_;
        column[next_] = row[k];
        sums_[k] = run_kernel<MeasureSumPeak>(column, hops_).sum;
    }
    next_ = (next_ + 1) % hops_;
    return sums_;
}

}  // namespace lathe
