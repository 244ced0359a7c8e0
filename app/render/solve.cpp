// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/solve.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// How near the passes try to come. The rest of the tolerance is for what follows the solve.
constexpr double aim_lu = 0.018;
constexpr int most_passes = 12;
/// A block of loudness is 400 ms.
constexpr std::size_t block_steps = 4;

/// One loudness for the group, of blocks had from each job, each with a gain.
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

/// The least gain on the grid at which loudness(gain) reaches the target, else the highest: loudness never falls with
/// gain.
template <class Loudness>
double bisect(Loudness loudness, double target) {
    auto low = static_cast<long>(lowest_solved_gain_db / gain_grid_db),
         high = static_cast<long>(highest_solved_gain_db / gain_grid_db);
    while (high - low > 1) {
        const long middle = low + (high - low) / 2;
        const std::optional<double> lufs = loudness(static_cast<double>(middle) * gain_grid_db);
        (lufs && *lufs >= target ? high : low) = middle;
    }
    return static_cast<double>(high) * gain_grid_db;
}

/// How much a group's loudness moves with its gain, seen from one measurement: what leaves the chain without being
/// turned down moves with the gain; of what a limiter held, about a half does.
template <class Sample>
double expected_slope(const GainGroup<Sample>& group, double gain_db) {
    constexpr double held_db = 0.02, slope_of_held = 0.5;
    double free = 0, held = 0;
    for (const MasterJob<Sample>* job : group) {
        const std::vector<double>&before = job->stored->loudness.steps, &after = job->loudness.steps;
        const double gain =
            power_from_db(gain_db + job->total_gain_db(job->programme->parts.front()) - job->solved_gain_db);
        for (std::size_t k = 0; k < std::min(before.size(), after.size()); ++k)
            (after[k] < gain * before[k] * power_from_db(-held_db) ? held : free) += after[k];
    }
    return free + held > 0 ? (free + slope_of_held * held) / (free + held) : 1;
}

/// Of a gain and the next lower one on the grid, that which comes nearer; where the loudness jumps past the target, the
/// lower.
template <class Loudness>
double nearer_of_two(Loudness loudness, double gain_db, double target) {
    const double lower_db = on_gain_grid(gain_db - gain_grid_db);
    const std::optional<double> above = loudness(gain_db), below = loudness(lower_db);
    if (!above || !below) return below ? lower_db : gain_db;
    if (*above - target > loudness_tolerance_lu) return lower_db;
    return std::abs(*below - target) < std::abs(*above - target) ? lower_db : gain_db;
}

}  // namespace

template <class Sample>
std::vector<GainGroup<Sample>> gain_groups(std::vector<MasterJob<Sample>>& jobs) {
    std::vector<GainGroup<Sample>> groups;
    for (MasterJob<Sample>& job : jobs) {
        if (groups.empty() || job.master->target.normalize == Normalize::track) groups.emplace_back();
        groups.back().push_back(&job);
    }
    return groups;
}

template <class Sample>
std::optional<double> LoudnessSolver<Sample>::loudness(const GainGroup<Sample>& group) const {
    return group_loudness<Sample>(
        group, [](const MasterJob<Sample>& job) -> const LoudnessBlocks& { return job.loudness; },
        [](const MasterJob<Sample>&) { return 0.0; });
}

template <class Sample>
std::optional<double> LoudnessSolver<Sample>::measured(const GainGroup<Sample>& group, double gain_db) {
    for_each_(group, [&](MasterJob<Sample>& job) {
        runner_.measure(job, gain_db);
        job.solved_gain_db = gain_db;
    });
    return loudness(group);
}

/// The group's loudness with that gain if the chain behind the gain point did nothing.
template <class Sample>
std::optional<double> LoudnessSolver<Sample>::predicted(const GainGroup<Sample>& group, double gain_db) const {
    return group_loudness<Sample>(
        group, [](const MasterJob<Sample>& job) -> const LoudnessBlocks& { return job.stored->loudness; },
        [&](const MasterJob<Sample>& job) {
            return job.total_gain_db(job.programme->parts.front()) - job.solved_gain_db + gain_db;
        });
}

template <class Sample>
TargetMiss LoudnessSolver<Sample>::solve(const GainGroup<Sample>& group) {
    const double target = *group.front()->master->target.loudness_lufs;
    const bool linear = std::all_of(group.begin(), group.end(), [](const auto* job) { return job->after->is_linear; });
    const TargetMiss why = linear ? solve_linear(group, target) : solve_by_passes(group, target);
    if (const std::optional<double> lufs = loudness(group))
        return std::abs(*lufs - target) <= loudness_tolerance_lu ? TargetMiss::none : why;
    measured(group, 0);
    const bool too_short = std::all_of(
        group.begin(), group.end(), [](const auto* job) { return job->stored->loudness.steps.size() < block_steps; });
    return too_short ? TargetMiss::too_short : TargetMiss::silent;
}

template <class Sample>
TargetMiss LoudnessSolver<Sample>::solve_linear(const GainGroup<Sample>& group, double target) {
    measured(group, 0);
    const auto turned_up = [&](double gain_db) {
        return group_loudness<Sample>(
            group, [](const MasterJob<Sample>& job) -> const LoudnessBlocks& { return job.loudness; },
            [&](const MasterJob<Sample>&) { return gain_db; });
    };
    const double gain_db = nearer_of_two(turned_up, bisect(turned_up, target), target);
    const std::optional<double> lowest = turned_up(lowest_solved_gain_db), highest = turned_up(highest_solved_gain_db);
    measured(group, gain_db);
    const bool in_range = highest && *highest >= target && (!lowest || *lowest <= target);
    return in_range ? TargetMiss::gate_jump : TargetMiss::gain_limit;
}

/// Secant steps on the measured loudness, kept between the nearest gains known to be too low and too high.
template <class Sample>
TargetMiss LoudnessSolver<Sample>::solve_by_passes(const GainGroup<Sample>& group, double target) {
    const auto by_gain_alone = [&](double gain_db) { return predicted(group, gain_db); };
    double low_db = lowest_solved_gain_db, high_db = highest_solved_gain_db;
    double gain_db = bisect(by_gain_alone, target), slope = 1;
    double best_db = 0, best_miss = INFINITY;
    bool reached = false;  // by some gain
    std::optional<std::pair<double, double>> last;
    for (int pass = 0; pass < most_passes; ++pass) {
        const std::optional<double> lufs = measured(group, gain_db);
        if (!lufs) {
            low_db = gain_db;
            gain_db = on_gain_grid((low_db + high_db) / 2);
            continue;
        }
        const double miss = *lufs - target;
        reached |= miss >= 0;
        // Past the jump of a gate the value below the target is the one to take.
        const double weighed = miss > loudness_tolerance_lu ? 1000 + miss : std::abs(miss);
        if (weighed < best_miss) best_miss = weighed, best_db = gain_db;
        if (std::abs(miss) <= aim_lu) break;
        (miss < 0 ? low_db : high_db) = gain_db;
        if (!last) slope = expected_slope(group, gain_db);
        if (last && last->first != gain_db)
            slope = std::clamp((*lufs - last->second) / (gain_db - last->first), 0.05, 2.0);
        last = {gain_db, *lufs};
        double next_db = on_gain_grid(gain_db - miss / slope);
        if (next_db <= low_db || next_db >= high_db) next_db = on_gain_grid((low_db + high_db) / 2);
        if (next_db <= low_db || next_db >= high_db || high_db - low_db <= 2 * gain_grid_db) break;
        gain_db = next_db;
    }
    measured(group, best_db);
    if (reached) {
        if (best_miss >= 1000 && low_db == lowest_solved_gain_db) return TargetMiss::gain_limit;
        return high_db - low_db <= 2 * gain_grid_db ? TargetMiss::gate_jump : TargetMiss::passes;
    }
    const std::optional<double> alone = by_gain_alone(highest_solved_gain_db);
    return alone && *alone >= target ? TargetMiss::held_back : TargetMiss::gain_limit;
}

template std::vector<GainGroup<float>> gain_groups(std::vector<MasterJob<float>>&);
template std::vector<GainGroup<double>> gain_groups(std::vector<MasterJob<double>>&);
template class LoudnessSolver<float>;
template class LoudnessSolver<double>;

}  // namespace lathe
