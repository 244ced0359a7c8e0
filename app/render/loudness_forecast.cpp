// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/loudness_forecast.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/render/target_miss.h"
#include "dsp/core/decibel.h"

namespace lathe {
namespace {

constexpr double near_lu = 0.003;
constexpr int most_steps = 8;

std::optional<LimiterForecast> last_limiter(const Plan& plan) {
    std::optional<LimiterForecast> last;
    for (const StageSpec& stage : plan.stages)
        if (const auto* const limiter = std::get_if<LimiterSpec>(&stage.work);
            limiter && stage.channel == Channel::stereo)
            last.emplace(limiter->settings, limiter->ceiling_dbtp, stage.mix, plan.rate);
    return last;
}

/// All of the gain that a job's first part gets with that solved gain.
template <class Sample>
double whole_gain_db(const MasterJob<Sample>& job, double gain_db) {
    return job.total_gain_db(job.programme->parts.front()) - job.solved_gain_db + gain_db;
}

}  // namespace

template <class Sample>
LoudnessForecast<Sample>::LoudnessForecast(const GainGroup<Sample>& group, ForEach for_each)
    : group_(group), for_each_(std::move(for_each)) {
    for (const MasterJob<Sample>* job : group) limiters_.push_back(last_limiter(job->after->plan));
}

template <class Sample>
std::optional<double> LoudnessForecast<Sample>::lufs_of_gain_alone(double gain_db) const {
    return group_loudness<Sample>(
        group_, [](const MasterJob<Sample>& job) -> const LoudnessBlocks& { return job.stored->loudness; },
        [&](const MasterJob<Sample>& job) { return whole_gain_db(job, gain_db); });
}

template <class Sample>
std::optional<double> LoudnessForecast<Sample>::lufs(double gain_db) const {
    std::vector<LoudnessBlocks> blocks(group_.size());
    const auto place = [&](const MasterJob<Sample>& job) {
        return static_cast<std::size_t>(std::find(group_.begin(), group_.end(), &job) - group_.begin());
    };
    for_each_(group_, [&](MasterJob<Sample>& job) {
        const std::size_t i = place(job);
        blocks[i].steps = job.stored->loudness.steps;
        if (!limiters_[i]) return;
        const double gain = gain_from_db(whole_gain_db(job, gain_db));
        const std::vector<double> left = limiters_[i]->power(job.stored->peaks, gain, blocks[i].steps.size());
        for (std::size_t k = 0; k < left.size(); ++k) blocks[i].steps[k] *= left[k];
    });
    return group_loudness<Sample>(
        group_, [&](const MasterJob<Sample>& job) -> const LoudnessBlocks& { return blocks[place(job)]; },
        [&](const MasterJob<Sample>& job) { return whole_gain_db(job, gain_db); });
}

/// A limiter takes the more the louder it gets: secants from below stay below.
template <class Sample>
double LoudnessForecast<Sample>::gain_for(double target) const {
    double gain_db = 0, slope = 1;
    if (const std::optional<double> alone = lufs_of_gain_alone(0)) gain_db = target - *alone;
    std::optional<std::pair<double, double>> last;
    for (int step = 0; step < most_steps; ++step) {
        gain_db = on_gain_grid(std::clamp(gain_db, lowest_solved_gain_db, highest_solved_gain_db));
        const std::optional<double> reached = lufs(gain_db);
        if (!reached || std::abs(*reached - target) <= near_lu || (last && last->first == gain_db)) break;
        if (last) slope = std::clamp((*reached - last->second) / (gain_db - last->first), 0.05, 1.0);
        last = {gain_db, *reached};
        gain_db += (target - *reached) / slope;
    }
    return on_gain_grid(std::clamp(gain_db, lowest_solved_gain_db, highest_solved_gain_db));
}

template class LoudnessForecast<float>;
template class LoudnessForecast<double>;

}  // namespace lathe
