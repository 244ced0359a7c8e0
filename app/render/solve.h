// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/render/group_loudness.h"
#include "app/render/target_miss.h"

namespace lathe {

/// How near the unquantised master must come to a loudness target, and how near the search tries to come.
inline constexpr double loudness_tolerance_lu = 0.02;

/// The groups that a master's normalisation makes of its jobs: all together for album and loudest, each alone for
/// track.
template <class Sample>
std::vector<GainGroup<Sample>> gain_groups(std::vector<MasterJob<Sample>>& jobs);

/// Finds the gain by which a group meets its master's loudness: from 0 dB by a fixed rule, so that it follows from the
/// album alone. A chain that is linear behind the gain point is solved on its block loudness; any other is measured and
/// corrected. Sets solved_gain_db and loudness of every job; where the target cannot be met, to the nearest below it.
/// for_each runs a function over all jobs of the group, perhaps at once.
template <class Sample>
class LoudnessSolver {
public:
    using ForEach = std::function<void(const GainGroup<Sample>&, const std::function<void(MasterJob<Sample>&)>&)>;
    LoudnessSolver(MasterRunner<Sample>& runner, ForEach for_each) : runner_(runner), for_each_(std::move(for_each)) {}

    /// The group's master has a loudness target, and its jobs have their audio at the gain point stored. Returns why
    /// the target is missed by more than the tolerance, if it is.
    TargetMiss solve(const GainGroup<Sample>& group);
    /// Loudness that the group's target speaks of: pooled, or the loudest programme's; of the last measurement.
    std::optional<double> loudness(const GainGroup<Sample>& group) const;

private:
    std::optional<double> measured(const GainGroup<Sample>& group, double gain_db);
    TargetMiss solve_linear(const GainGroup<Sample>& group, double target);
    TargetMiss solve_by_passes(const GainGroup<Sample>& group, double target);

    MasterRunner<Sample>& runner_;
    ForEach for_each_;
};

}  // namespace lathe
