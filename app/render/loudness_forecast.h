// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/render/group_loudness.h"
#include "dsp/dynamics/limiter_forecast.h"

namespace lathe {

/// A group's loudness with any solved gain, foretold from what is known at its gain point, without running its audio:
/// the gain, and what the last limiter behind it takes. Whatever else stands there is left out.
template <class Sample>
class LoudnessForecast {
public:
    using ForEach = std::function<void(const GainGroup<Sample>&, const std::function<void(MasterJob<Sample>&)>&)>;
    /// for_each: runs a function over all jobs of the group, perhaps at once. The jobs have their audio stored.
    LoudnessForecast(const GainGroup<Sample>& group, ForEach for_each);

    std::optional<double> lufs(double gain_db) const;
    /// The same if nothing stood behind the gain point.
    std::optional<double> lufs_of_gain_alone(double gain_db) const;
    /// The gain on the grid, in the range of solved gains, with which lufs() comes to `lufs` to some hundredths of an
    /// LU.
    double gain_for(double lufs) const;

private:
    GainGroup<Sample> group_;
    ForEach for_each_;
    std::vector<std::optional<LimiterForecast>> limiters_;  ///< one a job
};

}  // namespace lathe
