// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "app/render/gain_point_cache.h"
#include "app/render/production.h"
#include "app/render/solve.h"

namespace lathe {

/// Finds the gains of one master's jobs: the loudness first, then less gain where a ceiling is kept without a limiter.
template <class Sample>
class MasterSolver {
public:
    MasterSolver(Production<Sample>& production, MasterRunner<Sample>& runner, StorageBudget& budget,
                 GainPointCache<Sample>& cache, bool witnessed)
        : production_(production), runner_(runner), budget_(budget), cache_(cache), witnessed_(witnessed) {}

    /// Whether the job's gain has to be found by listening.
    static bool needs_solving(const MasterJob<Sample>& job);
    /// Whether its ceiling is kept by less gain, so that the gain hangs on the streams too.
    static bool keeps_ceiling(const GainGroup<Sample>& group);
    /// Solves the group's gain. Several groups may be solved at once.
    void solve(const GainGroup<Sample>& group);

    const std::vector<RenderWarning>& warnings() const { return warnings_; }
    bool target_failed() const { return target_failed_; }

private:
    void store(MasterJob<Sample>& job);
    void keep_ceiling(const GainGroup<Sample>& group);
    std::optional<double> highest_over_ceiling(const GainGroup<Sample>& group,
                                               const std::vector<const PlannedStream*>& streams);
    void check_target(const GainGroup<Sample>& group, TargetMiss why);
    void warn(RenderWarning warning);

    Production<Sample>& production_;
    MasterRunner<Sample>& runner_;
    StorageBudget& budget_;
    GainPointCache<Sample>& cache_;
    bool witnessed_;  ///< what is stored keeps what a witness found
    std::mutex mutex_;
    std::vector<RenderWarning> warnings_;
    bool target_failed_ = false;
};

/// Runs f over the jobs of a group, at once as far as there are threads.
template <class Sample>
void for_each_job(const GainGroup<Sample>& group, const std::function<void(MasterJob<Sample>&)>& f);

}  // namespace lathe
