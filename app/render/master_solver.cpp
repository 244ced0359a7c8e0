// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/master_solver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/render/reel_delivery.h"
#include "app/render/render_units.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

/// Kept free below the ceiling for what resampling by another build or rounding may add.
constexpr double ceiling_reserve_db = 0.002;
constexpr int most_ceiling_rounds = 5;

template <class Sample>
std::string group_title(const GainGroup<Sample>& group) {
    return group.size() == 1 ? group.front()->programme->title() : "";
}

}  // namespace

template <class Sample>
void for_each_job(const GainGroup<Sample>& group, const std::function<void(MasterJob<Sample>&)>& f) {
    // The longest first, so that none is left alone at the end.
    GainGroup<Sample> order = group;
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->frames_out() > b->frames_out(); });
    in_parallel(order.size(), [&](std::size_t i) { f(*order[i]); });
}

template <class Sample>
bool MasterSolver<Sample>::needs_solving(const MasterJob<Sample>& job) {
    const MasterTarget& target = job.master->target;
    if (target.normalize == Normalize::off) return false;
    return target.loudness_lufs || (target.true_peak_dbtp && !job.has_limiter());
}

template <class Sample>
bool MasterSolver<Sample>::keeps_ceiling(const GainGroup<Sample>& group) {
    if (!group.front()->master->target.true_peak_dbtp) return false;
    return std::any_of(group.begin(), group.end(), [](const auto* job) { return !job->has_limiter(); });
}

template <class Sample>
void MasterSolver<Sample>::warn(RenderWarning warning) {
    const std::lock_guard lock(mutex_);
    warnings_.push_back(std::move(warning));
}

template <class Sample>
void MasterSolver<Sample>::store(MasterJob<Sample>& job) {
    job.stored = cache_.find(job.key);
    if (job.stored) return runner_.clock().mark_cached("before the gain point");
    job.stored = runner_.to_gain_point(job, witnessed_);
    cache_.keep(job.key, job.stored);
}

template <class Sample>
void MasterSolver<Sample>::solve(const GainGroup<Sample>& group) {
    if (std::none_of(group.begin(), group.end(), [](const auto* job) { return needs_solving(*job); })) return;
    const std::function<void(MasterJob<Sample>&)> store_job = [this](MasterJob<Sample>& job) { store(job); };
    for_each_job(group, store_job);
    TargetMiss why = TargetMiss::none;
    if (group.front()->master->target.loudness_lufs)
        why = LoudnessSolver<Sample>(runner_, &for_each_job<Sample>).solve(group);
    const double solved_db = group.front()->solved_gain_db;
    keep_ceiling(group);
    check_target(group, group.front()->solved_gain_db < solved_db ? TargetMiss::ceiling : why);
}

/// By how much the group's delivered samples pass the ceiling where no limiter keeps it: negative while there is room.
template <class Sample>
std::optional<double> MasterSolver<Sample>::highest_over_ceiling(const GainGroup<Sample>& group,
                                                                 const std::vector<const PlannedStream*>& streams) {
    std::mutex mutex;
    std::optional<double> highest;
    in_parallel(streams.size(), [&](std::size_t s) {
        std::vector<const MasterJob<Sample>*> jobs;
        for (std::size_t i = 0; i < streams[s]->reel.size(); ++i) jobs.push_back(job_of(production_, *streams[s], i));
        if (std::all_of(jobs.begin(), jobs.end(), [](const auto* job) { return job->has_limiter(); })) return;
        ReelDelivery<Sample> reel(runner_, budget_, production_.library(), jobs, {}, Certify::off);
        const std::optional<double> peak = reel.unheld_true_peak_dbtp(*streams[s]);
        if (!peak) return;
        const std::lock_guard lock(mutex);
        highest = std::max(highest.value_or(-INFINITY), *peak - *group.front()->master->target.true_peak_dbtp);
    });
    return highest;
}

template <class Sample>
void MasterSolver<Sample>::keep_ceiling(const GainGroup<Sample>& group) {
    if (!keeps_ceiling(group)) return;
    // One stream for each rate tells as much as all of them.
    std::vector<const PlannedStream*> rates;
    for (const PlannedStream* stream : streams_to_suit(production_, group)) {
        const bool known = std::any_of(rates.begin(), rates.end(), [&](const PlannedStream* other) {
            return other->reel.front().programme == stream->reel.front().programme &&
                   other->format.write.sample_rate == stream->format.write.sample_rate;
        });
        if (!known) rates.push_back(stream);
    }
    const bool linear = std::all_of(group.begin(), group.end(), [](const auto* job) { return job->after->is_linear; });
    for (int round = 0; round < most_ceiling_rounds; ++round) {
        const std::optional<double> over = highest_over_ceiling(group, rates);
        if (!over || *over <= 0) return;
        const double gain_db = down_on_gain_grid(group.front()->solved_gain_db - *over - ceiling_reserve_db);
        for_each_job<Sample>(group, [&](MasterJob<Sample>& job) {
            job.solved_gain_db = gain_db;
            if (job.master->target.loudness_lufs) runner_.measure(job, gain_db);
        });
        if (linear) return;
    }
}

template <class Sample>
void MasterSolver<Sample>::check_target(const GainGroup<Sample>& group, TargetMiss why) {
    const Master& master = *group.front()->master;
    if (!master.target.loudness_lufs) return;
    LoudnessSolver<Sample> solver(runner_, &for_each_job<Sample>);
    const std::optional<double> lufs = solver.loudness(group);
    if (lufs && std::abs(*lufs - *master.target.loudness_lufs) <= loudness_tolerance_lu) return;
    const bool limited = std::all_of(group.begin(), group.end(), [](const auto* job) { return job->has_limiter(); });
    warn({lufs ? "loudness_target" : "silent",
          "warn",
          group_title(group),
          "",
          {},
          said_of(group.front()->programme->version_name(), target_miss_text(why, master, lufs, limited))});
    if (lufs && std::abs(*lufs - *master.target.loudness_lufs) <= 0.1) return;
    const std::lock_guard lock(mutex_);
    target_failed_ = true;
}

template void for_each_job(const GainGroup<float>&, const std::function<void(MasterJob<float>&)>&);
template void for_each_job(const GainGroup<double>&, const std::function<void(MasterJob<double>&)>&);
template class MasterSolver<float>;
template class MasterSolver<double>;

}  // namespace lathe
