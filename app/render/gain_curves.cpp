// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/gain_curves.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "app/render/production.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

class Nowhere final : public Sink<float> {
public:
    void write(AudioView<const float>) override {}
};

}  // namespace

std::map<std::string, std::vector<StageGains>> gain_curves(const Album& album, const RenderOptions& options,
                                                           const std::map<std::string, double>& solved_gain_db,
                                                           const Cancel& cancel) {
    Production<float> production(album, options);
    const auto engine = cpu_engine<float>();
    StorageBudget budget(options.spill_folder);
    StageClock clock;
    Progress progress;
    MasterRunner<float> runner(*engine, options.cache, budget, clock, progress, cancel, production.mono());

    std::map<std::string, std::vector<StageGains>> curves;
    std::mutex mutex;
    std::vector<MasterJob<float>>& jobs = production.main_jobs(album.main());
    in_parallel(jobs.size(), [&](std::size_t j) {
        MasterJob<float>& job = jobs[j];
        const Programme& programme = *job.programme;
        const auto solved = solved_gain_db.find(programme.parts.front().track->id);
        if (solved == solved_gain_db.end()) return;
        std::vector<StageGains> all;
        if (!job.before->plan.is_empty()) {
            job.stored = runner.to_gain_point(job, false);
            all = job.stored->gains;
        }
        Nowhere sink;
        for (StageGains& stage : gains_of(runner.run(job, solved->second, sink))) all.push_back(std::move(stage));
        for (std::size_t i = 0; i < programme.parts.size(); ++i) {
            std::vector<StageGains> own = gains_of_part(all, programme, i, job.frames_out());
            const std::scoped_lock lock(mutex);
            curves[programme.parts[i].track->id] = std::move(own);
        }
        job.stored.reset();
    });
    return curves;
}

}  // namespace lathe
