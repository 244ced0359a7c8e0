// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "dsp/dynamics/block_memory.h"
#include "dsp/simd/reduction.h"

namespace lathe {

/// Smooths a reduction (octaves, 0 to 120) by three boxes in a row: together a bell of non-negative weights that add up
/// to 1. Exact sums of whole numbers, so nothing drifts, and
/// blocks may be left out behind `length` values of 0. Before the first block lies 0.
template <class Sample>
class BoxStack {
public:
    /// length: of the whole bell in frames, 1 to 2^14. block: a multiple of 16.
    BoxStack(Frames length, Frames block);
    template <class Other>
    explicit BoxStack(const BoxStack<Other>& other)
        : block_(other.block_), boxes_(other.boxes_), thrice_(other.thrice_) {
        std::copy_n(other.sums_, 3, sums_);
    }

    /// out[n] = the weighted mean of in[n − length + 1] … in[n], a block of each.
    void run(const Sample* in, Sample* out);

private:
    template <class Other>
    friend class BoxStack;
    Frames block_;
    BoxLengths boxes_;
    BlockMemory<std::uint64_t> thrice_;
    std::uint64_t sums_[3] = {};
};

}  // namespace lathe
