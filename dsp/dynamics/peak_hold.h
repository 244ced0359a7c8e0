// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/block_memory.h"

namespace lathe {

/// The largest of the last `window` values, the current one included: windows of 2, 4, 8, … by doubling, and two of the
/// last that overlap for the rest. Exact, so the same however it is computed. Before the first block lies 0.
template <class Sample>
class PeakHold {
public:
    /// window: at least 1. block: a multiple of 16.
    PeakHold(Frames window, Frames block);

    /// Where the next block is to be written.
    Sample* input() { return steps_.front().values.block(); }
    /// out: the block's maxima; must not be input().
    void run(Sample* out);

private:
    struct Step {
        Frames back;  // out[n] = max(values[n], values[n − back])
        BlockMemory<Sample> values;
    };
    Frames block_;
    std::vector<Step> steps_;
};

}  // namespace lathe
