// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/solve.h"

#include <algorithm>
#include <cmath>

#include "app/render/loudness_forecast.h"

namespace lathe {
namespace {

/// How near the passes try to come. The rest of the tolerance is for what follows the solve.
constexpr double aim_lu = 0.018;
constexpr int most_passes = 12;
/// A block of loudness is 400 ms.
constexpr std::size_t block_steps = 4;

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

/// Secant steps on the measured loudness over the foretold one, which is nearly a straight line, kept between the
/// nearest gains known to be too low and too high.
template <class Sample>
TargetMiss LoudnessSolver<Sample>::solve_by_passes(const GainGroup<Sample>& group, double target) {
    const LoudnessForecast<Sample> forecast(group, for_each_);
    double low_db = lowest_solved_gain_db, high_db = highest_solved_gain_db;
    double gain_db = forecast.gain_for(target);
    double best_db = 0, best_miss = INFINITY;
    bool reached = false;  // by some gain
    struct Seen {
        double foretold, measured;
    };
    std::optional<Seen> last;
    for (int pass = 0; pass < most_passes; ++pass) {
        const std::optional<double> lufs = measured(group, gain_db), foretold = forecast.lufs(gain_db);
        if (!lufs || !foretold) {
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
        double slope = 1;
        if (last && *foretold != last->foretold)
            slope = std::clamp((*lufs - last->measured) / (*foretold - last->foretold), 0.2, 2.0);
        last = {*foretold, *lufs};
        if (high_db - low_db <= 2 * gain_grid_db) break;
        gain_db = forecast.gain_for(*foretold - miss / slope);
        // Where the forecast gives no gain between the two: half-way, or, if none was enough yet, as far as it goes;
        // that is either enough, or the best there is.
        if (gain_db <= low_db || gain_db >= high_db) gain_db = reached ? on_gain_grid((low_db + high_db) / 2) : high_db;
    }
    measured(group, best_db);
    if (reached) {
        if (best_miss >= 1000 && low_db == lowest_solved_gain_db) return TargetMiss::gain_limit;
        return high_db - low_db <= 2 * gain_grid_db ? TargetMiss::gate_jump : TargetMiss::passes;
    }
    const std::optional<double> alone = forecast.lufs_of_gain_alone(highest_solved_gain_db);
    return alone && *alone >= target ? TargetMiss::held_back : TargetMiss::gain_limit;
}

template std::vector<GainGroup<float>> gain_groups(std::vector<MasterJob<float>>&);
template std::vector<GainGroup<double>> gain_groups(std::vector<MasterJob<double>>&);
template class LoudnessSolver<float>;
template class LoudnessSolver<double>;

}  // namespace lathe
