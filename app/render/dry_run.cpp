// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/render/delivery_format.h"
#include "app/render/delivery_memory.h"
#include "app/render/gain_memory.h"
#include "app/render/manifest.h"
#include "app/render/master_solver.h"
#include "app/render/render_units.h"

namespace lathe {
namespace {

std::string names_of(const Plan& plan) {
    std::string names;
    for (const StageSpec& stage : plan.stages) names += (names.empty() ? "" : " → ") + stage.name;
    return names.empty() ? "nothing" : names;
}

/// Foretells a render: asks the same memories that it would ask, and makes nothing.
template <class Sample>
class Foresight {
public:
    Foresight(const Album& album, const RenderOptions& options)
        : options_(options),
          production_(album, options),
          manifest_(production_.out_folder()),
          gains_(options.cache, production_.mono()),
          deliveries_(options.cache, options.certify, production_.mono()) {
        for (const Master& master : album.masters) take_gains(master);
    }

    DryRun run() {
        DryRun dry;
        for (const PlannedStream& stream : production_.plan().streams)
            if (!stream.cuts.empty()) add_files(stream, dry);
        for (const PlannedAlbumFile& file : production_.plan().album_files) {
            const PlannedStream& first = production_.plan().streams[file.streams.front()];
            dry.files.push_back(described(first, file.cut.path, ""));
            DryRun::File& made = dry.files.back();
            if (made.fate == FileFate::stale) made.why = "a file of the whole album is made anew every time";
        }
        for (const Master& master : production_.album().masters)
            for (const MasterJob<Sample>& job : production_.main_jobs(master)) add_stage(master, job, dry);
        if (options_.selection.is_everything()) dry.stale_files = manifest_.no_longer_made(production_.plan().files());
        return dry;
    }

private:
    /// The gains that were solved of just this album before.
    void take_gains(const Master& master) {
        for (Unit<Sample>& unit : units_of(production_, master, true)) {
            for (GainGroup<Sample>& group : unit.groups) take_gain(group);
            for (MasterJob<Sample>* version : unit.versions) {
                if (version->programme->parts.front().version->info.gain == VersionGain::own) {
                    take_gain({version});
                    continue;
                }
                const MasterJob<Sample>& main = main_job_of(production_, *version);
                version->solved_gain_db = main.solved_gain_db;
                if (unsolved_.count(&main)) unsolved_.insert(version);
            }
        }
    }

    void take_gain(const GainGroup<Sample>& group) {
        if (std::none_of(group.begin(), group.end(),
                         [](const auto* job) { return MasterSolver<Sample>::needs_solving(*job); }))
            return;
        const std::optional<double> known = gains_.find(gains_.key(group, streams_to_suit(production_, group)));
        for (MasterJob<Sample>* job : group) {
            job->solved_gain_db = known.value_or(0);
            if (!known) unsolved_.insert(job);
        }
    }

    DryRun::File described(const PlannedStream& stream, const std::filesystem::path& path,
                           const std::string& track) const {
        DryRun::File file;
        file.path = path;
        file.delivery = stream.delivery->name;
        file.master = stream.master->name;
        file.version = stream.version;
        file.track = track;
        file.format = deliver_formats[static_cast<std::size_t>(stream.delivery->settings.format)];
        file.sample_rate = stream.format.write.sample_rate;
        file.bits = bits_text(stream.format.write.format);
        if (stream.master->target.normalize != Normalize::off) file.loudness_lufs = stream.master->target.loudness_lufs;
        file.ceiling_dbtp = stream.master->target.true_peak_dbtp;
        file.exists = std::filesystem::exists(path);
        file.listed = manifest_.lists(path);
        file.fate = !file.exists ? FileFate::fresh : !file.listed ? FileFate::in_the_way : FileFate::stale;
        return file;
    }

    void add_files(const PlannedStream& stream, DryRun& dry) {
        std::vector<MasterJob<Sample>*> jobs;
        for (std::size_t i = 0; i < stream.reel.size(); ++i) jobs.push_back(job_of(production_, stream, i));
        const bool is_solved = std::none_of(jobs.begin(), jobs.end(), [&](auto* job) { return unsolved_.count(job); });
        const std::optional<DeliveredStream> made = is_solved ? deliveries_.find(stream, jobs) : std::nullopt;
        const std::string why = made ? "" : why_stale(stream, jobs, is_solved);
        for (std::size_t i = 0; i < stream.cuts.size(); ++i) {
            dry.files.push_back(described(stream, stream.cuts[i].path, stream.cut_tracks[i]->id));
            DryRun::File& file = dry.files.back();
            if (file.fate != FileFate::stale) continue;
            file.why = why;
            if (!made) continue;
            file.fate = FileFate::unchanged;
            file.made = made->files[i].result;
        }
    }

    std::string why_rendered(const MasterJob<Sample>& job) const {
        if (!options_.cache.is_on()) return "the cache is off";
        return manifest_.why_rendered({job.master->name, job.programme->title_with_version(), job.key_parts});
    }

    std::string why_stale(const PlannedStream& stream, const std::vector<MasterJob<Sample>*>& jobs,
                          bool is_solved) const {
        for (const MasterJob<Sample>* job : jobs)
            if (!options_.cache.find(job->key) && !job->before->plan.is_empty()) return why_rendered(*job);
        if (!is_solved) return "its gain is solved anew: a target or something that hangs on it changed";
        if (deliveries_.find_sound(stream, jobs))
            return deliveries_.remembers(stream, jobs) ? "the file is another than was written"
                                                       : "its name or tags changed; the sound stays";
        return "its gain, its format or settings behind the gain point changed";
    }

    void add_stage(const Master& master, const MasterJob<Sample>& job, DryRun& dry) const {
        const bool cached = options_.cache.find(job.key).has_value();
        dry.stages.push_back({master.name, job.programme->title_with_version(),
                              names_of(job.before->plan) + " | " + names_of(job.after->plan), job.key, cached,
                              cached ? "" : why_rendered(job)});
    }

    const RenderOptions& options_;
    Production<Sample> production_;
    Manifest manifest_;
    GainMemory<Sample> gains_;
    DeliveryMemory<Sample> deliveries_;
    std::set<const MasterJob<Sample>*> unsolved_;
};

}  // namespace

DryRun dry_run(const Album& album, const RenderOptions& options) {
    return options.precision == Precision::f64 ? Foresight<double>(album, options).run()
                                               : Foresight<float>(album, options).run();
}

}  // namespace lathe
