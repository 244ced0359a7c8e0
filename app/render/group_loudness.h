// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/render/master_job.h"

namespace lathe {

/// Programmes that share one solved gain.
template <class Sample>
using GainGroup = std::vector<MasterJob<Sample>*>;

/// One loudness for the group, of blocks had from each job, each with a gain: pooled, or the loudest programme's, as
/// its master is normalised.
template <class Sample, class BlocksOf, class GainOf>
std::optional<double> group_loudness(const GainGroup<Sample>& group, BlocksOf blocks_of, GainOf gain_of) {
    std::vector<LoudnessPart> parts;
    for (const MasterJob<Sample>* job : group) parts.push_back({&blocks_of(*job), gain_of(*job)});
    if (group.front()->master->target.normalize != Normalize::loudest) return integrated_lufs(parts);
    std::optional<double> loudest;
    for (const LoudnessPart& part : parts)
        if (const auto lufs = integrated_lufs(LoudnessParts(&part, 1)); lufs && (!loudest || *lufs > *loudest))
            loudest = lufs;
    return loudest;
}

}  // namespace lathe
