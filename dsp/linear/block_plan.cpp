// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/block_plan.h"

#include <algorithm>
#include <limits>

namespace lathe {
namespace {

/// FFTW's complex float transform by its estimate, out of place, on one Skylake-SP core at 2.5 GHz. Larger ones cost more
/// than partitions do, and would spread a loud passage's rounding over a quiet one.
struct TransformCost {
    Frames points;
    double ns_a_point;
};
constexpr TransformCost transforms[] = {{1 << 10, 1.5}, {1 << 11, 1.7}, {1 << 12, 2.5}, {1 << 13, 3.7},
                                        {1 << 14, 3.7}, {1 << 15, 3.8}, {1 << 16, 4.3}, {1 << 17, 7.8}};

constexpr double pass_ns = 0.8;              ///< taking in or giving out one point of a block, with its split or join
constexpr double multiply_ns = 0.08;         ///< one complex multiply-add of a partition in cache
constexpr double distant_multiply_ns = 0.2;  ///< the same where spectra come from the outer cache
constexpr Frames cache_frames = 1 << 16;     ///< frames of delay line and response that stay in the inner cache

}  // namespace

double cost_ns(const BlockPlan& plan, int matrices) {
    const auto row = std::find_if(std::begin(transforms), std::end(transforms) - 1,
                                  [&](const TransformCost& t) { return t.points >= plan.transform; });
    const double point = row->ns_a_point + pass_ns;
    const double bin = plan.partitions * plan.transform > cache_frames ? distant_multiply_ns : multiply_ns;
    const double each = point * (1 + matrices) + bin * plan.partitions * matrices;
    return each * static_cast<double>(plan.transform) / static_cast<double>(plan.hop);
}

BlockPlan choose_blocks(Frames taps, int matrices) {
    BlockPlan best;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](const BlockPlan& plan) {
        const double cost = cost_ns(plan, matrices);
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
