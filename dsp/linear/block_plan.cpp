// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/block_plan.h"

#include <algorithm>
#include <limits>

namespace lathe {
namespace {

/// A point of a block, on its way in or out: LaneFft with all the passes around it, measured on one Skylake-SP core at
/// 2.5 GHz. Larger blocks cost more than partitions do, and would spread a loud passage's rounding over a quiet one.
struct TransformCost {
    Frames points;
    double ns_a_point;
};
constexpr TransformCost transforms[] = {{1 << 10, 2.1}, {1 << 11, 2.1}, {1 << 12, 2.0}, {1 << 13, 2.1},
                                        {1 << 14, 2.2}, {1 << 15, 2.5}, {1 << 16, 2.9}, {1 << 17, 3.8}};

constexpr double stage_ns = 4;  ///< what a stage does besides: queues, dry sound, the look for silence

/// One complex vector's worth of partition, of the signal or of the response, a point: while all of them share the
/// outer cache and a transform stays in one core's own, and when they do not. Measured on two Zen 5 cores with
/// responses of 0.6 to 60 s, in the unit above.
constexpr double near_partition_ns = 0.09, far_partition_ns = 0.26;
constexpr double near_bytes = 32 << 20;
constexpr Frames near_transform = 1 << 16;

/// Spectra of a partition that are read for a block: the signal's, and what is kept of each response (PairResponse).
double spectra_read(int matrices, PairUse use) {
    const double kept = use == PairUse::alike ? 0.5 : use == PairUse::apart ? 1 : 2;
    return 1 + kept * matrices;
}

bool is_near(const BlockPlan& plan, int matrices, PairUse use) {
    if (plan.transform > near_transform) return false;
    constexpr double point_bytes = 2 * sizeof(float);
    const double points = static_cast<double>(plan.partitions * plan.transform);
    return points * point_bytes * spectra_read(matrices, use) <= near_bytes;
}

/// More blocks share what comes from far away, fewer stay in the cache themselves; fours share it in registers.
int blocks_of_a_run(const BlockPlan& plan, bool near) {
    if (plan.partitions < 4) return 1;
    return near ? 4 : 8;
}

}  // namespace

double cost_ns(const BlockPlan& plan, int matrices, PairUse use) {
    const auto row = std::find_if(std::begin(transforms), std::end(transforms) - 1,
                                  [&](const TransformCost& t) { return t.points >= plan.transform; });
    const double partition_ns = is_near(plan, matrices, use) ? near_partition_ns : far_partition_ns;
    const double each = row->ns_a_point * (1 + matrices) + partition_ns * plan.partitions * spectra_read(matrices, use);
    return stage_ns + each * static_cast<double>(plan.transform) / static_cast<double>(plan.hop);
}

BlockPlan choose_blocks(Frames taps, int matrices, PairUse use) {
    BlockPlan best;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](const BlockPlan& plan) {
        const double cost = cost_ns(plan, matrices, use);
        if (cost >= least) return;
        least = cost;
        best = plan;
    };
    for (const auto& [points, unused] : transforms) {
        const Frames hop = (points - taps + 1) / 64 * 64;
        if (hop > 0) consider({points, hop, 1});
        const Frames half = points / 2, partitions = (taps + half - 1) / half;
        if (partitions > 1) consider({points, half, static_cast<int>(partitions)});
    }
    best.run = blocks_of_a_run(best, is_near(best, matrices, use));
    return best;
}

}  // namespace lathe
