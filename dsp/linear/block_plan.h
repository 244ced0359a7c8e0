// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"

namespace lathe {

/// How a causal convolution is cut: overlap-save, `hop` new frames to a transform, the response in partitions a hop
/// apart. One partition may be longer than a hop; of several, each is one hop long and the transform two.
struct BlockPlan {
    Frames transform = 0;  ///< frames, a power of two from 1024 up
    Frames hop = 0;        ///< new frames a block, a multiple of 64
    int partitions = 0;

    /// Taps that fit in one partition.
    Frames partition_taps() const { return partitions == 1 ? transform - hop + 1 : hop; }
    bool operator==(const BlockPlan&) const = default;
};

/// Nanoseconds of one core that a stereo frame costs through `matrices` filters, as measured. mixes: whether they treat
/// the channels of a pair unlike, or mix them; else both go through the same response.
double cost_ns(const BlockPlan& plan, int matrices, bool mixes = false);

/// The cheapest plan for responses of `taps` taps, 1 to 2^24. A function of its arguments alone: the blocks are part of
/// the sound's last bits.
BlockPlan choose_blocks(Frames taps, int matrices, bool mixes = false);

}  // namespace lathe
