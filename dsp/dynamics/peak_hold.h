// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/block_memory.h"

namespace lathe {

/// The largest of the last `window` values, the current one included: windows of 4, 16, 64, … each from four of the one
/// before, and at last from four that overlap. Exact, so the same however it is computed. Before the first block lies
/// 0.
template <class Sample>
class PeakHold {
public:
    /// window: at least 1. block: a multiple of 16.
    PeakHold(Frames window, Frames block);
    template <class Other>
    explicit PeakHold(const PeakHold<Other>& other) : block_(other.block_) {
        for (const auto& [back, values] : other.steps_)
            steps_.push_back({{back[0], back[1], back[2]}, BlockMemory<Sample>(values)});
    }

    /// Where the next block is to be written.
    Sample* input() { return steps_.front().values.block(); }
    /// out: the block's maxima; must not be input().
    void run(Sample* out);

private:
    template <class Other>
    friend class PeakHold;
    struct Step {
        Frames back[3];  // out[n] = max(values[n], values[n − back[0]], …)
        BlockMemory<Sample> values;
    };
    Frames block_;
    std::vector<Step> steps_;
};

}  // namespace lathe
