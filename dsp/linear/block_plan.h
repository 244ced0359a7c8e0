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
    int run = 1;  ///< blocks that a response is read once for

    /// Taps that fit in one partition.
    Frames partition_taps() const { return partitions == 1 ? transform - hop + 1 : hop; }
    bool operator==(const BlockPlan&) const = default;
};

/// What filters do to the two channels of a pair.
enum class PairUse {
    alike,  ///< both go through the same response
    apart,  ///< each goes through its own
    mixed,  ///< one comes into the other
};

/// Nanoseconds of one core that a stereo frame costs through `matrices` filters, as measured.
double cost_ns(const BlockPlan& plan, int matrices, PairUse use = PairUse::alike);

/// The cheapest plan for responses of `taps` taps, 1 to 2^24. A function of its arguments alone: the blocks are part of
/// the sound's last bits.
BlockPlan choose_blocks(Frames taps, int matrices, PairUse use = PairUse::alike);

}  // namespace lathe
