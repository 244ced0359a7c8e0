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

constexpr double multiply_ns = 0.2;          ///< one complex multiply-add of a partition from the inner cache
constexpr double distant_multiply_ns = 0.6;  ///< the same from the outer one
constexpr double stage_ns = 4;               ///< what a stage does besides: queues, dry sound, the look for silence
constexpr Frames cache_frames =
    1 << 16;  ///< frames of delay line and one response whose spectra stay in the inner cache

}  // namespace

double cost_ns(const BlockPlan& plan, int matrices, bool mixes) {
    const auto row = std::find_if(std::begin(transforms), std::end(transforms) - 1,
                                  [&](const TransformCost& t) { return t.points >= plan.transform; });
    const int products = mixes ? 2 * matrices : matrices;
    const Frames spectra = plan.partitions * plan.transform * (1 + products) / 2;
    const double bin = spectra > cache_frames ? distant_multiply_ns : multiply_ns;
    const double each = row->ns_a_point * (1 + matrices) + bin * plan.partitions * products;
    return stage_ns + each * static_cast<double>(plan.transform) / static_cast<double>(plan.hop);
}

BlockPlan choose_blocks(Frames taps, int matrices, bool mixes) {
    BlockPlan best;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](const BlockPlan& plan) {
        const double cost = cost_ns(plan, matrices, mixes);
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
    return best;
}

}  // namespace lathe
