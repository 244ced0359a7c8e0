// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "app/render/delivery_memory.h"
#include "app/render/gain_memory.h"
#include "app/render/master_solver.h"
#include "app/render/output_folder.h"
#include "app/render/production.h"
#include "app/render/reel_delivery.h"
#include "app/render/render_description.h"
#include "app/render/render_units.h"
#include "dsp/simd/isa.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {

/// One render from a compiled album to its files.
template <class Sample>
class RenderRun {
public:
    RenderRun(Production<Sample>& production, const RenderOptions& options, RenderProgress& progress,
              const Cancel& cancel)
        : production_(production),
          options_(options),
          progress_(progress),
          cancel_(cancel),
          budget_(options.spill_folder),
          engine_(cpu_engine<Sample>()),
          runner_(*engine_, options.cache, budget_, clock_, progress.frames(), cancel, production.mono()),
          memory_(options.cache, options.certify, production.mono()),
          gains_(options.cache, production.mono()) {}

    /// Solves and delivers every master that a planned stream asks for.
    void run(bool deliver) {
        const double start = steady_seconds();
        std::vector<const Master*> masters;
        for (const Master& master : production_.album().masters)
            if (!deliver || is_delivered(master)) masters.push_back(&master);
        for (const Master* master : masters) expect(*master, deliver);
        for (const Master* master : masters) run_master(*master, deliver);
        if (deliver) assemble_albums();
        const std::vector<RenderWarning> of_sources = runner_.warnings();
        result_.warnings.insert(result_.warnings.end(), of_sources.begin(), of_sources.end());
        result_.wall_s = steady_seconds() - start;
    }

    RenderResult take_result() {
        describe(production_, delivered_, result_);
        describe_origins();
        result_.device = engine_->name();
        result_.simd = isa_name(active_isa());
        result_.precision = sizeof(Sample) == sizeof(double) ? "f64" : "f32";
        result_.threads = tbb::this_task_arena::max_concurrency();
        for (const StageClock::Entry& entry : clock_.entries())
            result_.stages.push_back({entry.name, entry.busy_s, entry.cached});
        return std::move(result_);
    }

    /// After run(false): the gains of every track in every master.
    SolvedGains gains() {
        SolvedGains solved;
        for (const Master& master : production_.album().masters)
            for (const MasterJob<Sample>& job : production_.main_jobs(master))
                for (const ProgrammePart& part : job.programme->parts)
                    solved.gains.push_back({master.name, part.track->id,
                                            master.target.gain_db + part.track->info.gain_db, job.solved_gain_db});
        solved.warnings = result_.warnings;
        solved.target_failed = result_.target_failed;
        return solved;
    }

private:
    bool is_delivered(const Master& master) const {
        return std::any_of(production_.plan().streams.begin(), production_.plan().streams.end(),
                           [&](const PlannedStream& s) { return s.master == &master; });
    }

    /// The work ahead, for the progress: frames through the engine.
    void expect(const Master& master, bool deliver) {
        const int runs = options_.certify == Certify::full ? 2 : 1;
        for (MasterJob<Sample>& job : production_.main_jobs(master)) {
            cache_.expect(job.key);
            const double frames = static_cast<double>(job.frames_out());
            const bool solved = MasterSolver<Sample>::needs_solving(job);
            progress_.expect(frames * ((solved ? 2 + (job.after->is_linear ? 0 : 2) : 0) + (deliver ? runs : 0)));
        }
        for (MasterJob<Sample>& job : production_.version_jobs(master)) cache_.expect(job.key);
    }

    void run_master(const Master& master, bool deliver) {
        MasterSolver<Sample> solver(production_, runner_, budget_, cache_,
                                    deliver && options_.certify == Certify::sampled);
        std::vector<Unit<Sample>> units = units_of(production_, master, deliver);
        std::stable_sort(units.begin(), units.end(),
                         [](const auto& a, const auto& b) { return a.frames() > b.frames(); });
        in_parallel(units.size(), [&](std::size_t u) { run_unit(units[u], solver, deliver); });
        result_.warnings.insert(result_.warnings.end(), solver.warnings().begin(), solver.warnings().end());
        result_.target_failed |= solver.target_failed();
    }

    void run_unit(Unit<Sample>& unit, MasterSolver<Sample>& solver, bool deliver) {
        for (GainGroup<Sample>& group : unit.groups) solve(solver, group);
        for (MasterJob<Sample>* version : unit.versions) {
            if (version->programme->parts.front().version->info.gain == VersionGain::own)
                solve(solver, {version});
            else
                version->solved_gain_db = main_job_of(production_, *version).solved_gain_db;
        }
        if (deliver) deliver_reels(unit.streams);
        const auto done = [&](MasterJob<Sample>* job) {
            if (job->stored && job->stored->audio) note_origin(*job);
            job->stored.reset();
            cache_.release(job->key);
        };
        for (const auto& group : unit.groups) std::for_each(group.begin(), group.end(), done);
        std::for_each(unit.versions.begin(), unit.versions.end(), done);
    }

    void solve(MasterSolver<Sample>& solver, const GainGroup<Sample>& group) {
        const std::string key = gains_.key(group, streams_to_suit(production_, group));
        solver.solve(group);
        gains_.keep(key, group.front()->solved_gain_db);
    }

    void note_origin(const MasterJob<Sample>& job) {
        const std::lock_guard lock(mutex_);
        from_cache_[&job] = job.stored->from_cache;
    }

    /// In the album's order, whatever order they were rendered in.
    void describe_origins() {
        for (const Master& master : production_.album().masters)
            for (const auto* jobs : {&production_.main_jobs(master), &production_.version_jobs(master)})
                for (const MasterJob<Sample>& job : *jobs)
                    if (const auto noted = from_cache_.find(&job); noted != from_cache_.end())
                        result_.origins.push_back(
                            {master.name, job.programme->title_with_version(), job.key_parts, noted->second});
    }

    /// Streams of one reel share its runs; reels go side by side, the longest first.
    void deliver_reels(const std::vector<const PlannedStream*>& streams) {
        std::vector<std::vector<const PlannedStream*>> reels;
        for (const PlannedStream* stream : streams) {
            const auto same = std::find_if(reels.begin(), reels.end(), [&](const auto& reel) {
                return (reel.front()->version == main_version) == (stream->version == main_version) &&
                       reel.front()->reel.front().programme == stream->reel.front().programme;
            });
            if (same == reels.end())
                reels.push_back({stream});
            else
                same->push_back(stream);
        }
        const auto length = [&](const auto& reel) { return job_of(production_, *reel.front(), 0)->frames_out(); };
        std::stable_sort(reels.begin(), reels.end(),
                         [&](const auto& a, const auto& b) { return length(a) > length(b); });
        in_parallel(reels.size(), [&](std::size_t r) { deliver_reel(reels[r]); });
    }

    void deliver_reel(const std::vector<const PlannedStream*>& streams) {
        std::vector<MasterJob<Sample>*> jobs;
        for (std::size_t i = 0; i < streams.front()->reel.size(); ++i)
            jobs.push_back(job_of(production_, *streams.front(), i));
        std::vector<const PlannedStream*> to_make;
        for (const PlannedStream* stream : streams)
            if (!is_in_place(*stream, jobs) && !is_retagged(*stream, jobs)) to_make.push_back(stream);
        if (to_make.empty()) return;
        for (const PlannedStream* stream : to_make)
            for (const FileCut& cut : stream->cuts) make_folder_of(cut.path);
        for (MasterJob<Sample>* job : jobs) {
            if (options_.cache.is_on() && !job->stored && !job->before->plan.is_empty())
                job->stored = runner_.to_gain_point(*job, options_.certify == Certify::sampled);
            if (cache_.is_last_user(job->key)) job->delivery_reads = Reading::last;
        }
        ReelDelivery<Sample> reel(runner_, budget_, production_.library(), {jobs.begin(), jobs.end()}, to_make,
                                  options_.certify);
        reel.write_to([this](const PlannedStream& stream, const WriteFormat& format) {
            return std::make_unique<FileOutput>(stream.cuts, format, &progress_.files());
        });
        std::vector<DeliveredStream> delivered = reel.deliver();
        for (std::size_t i = 0; i < to_make.size(); ++i) {
            memory_.keep(*to_make[i], jobs, delivered[i]);
            const std::lock_guard lock(mutex_);
            delivered_[to_make[i]] = std::move(delivered[i]);
        }
    }

    /// Whether an earlier render has made just these files: then it is told what they measured.
    bool is_in_place(const PlannedStream& stream, const std::vector<MasterJob<Sample>*>& jobs) {
        std::optional<DeliveredStream> delivered = memory_.find(stream, jobs);
        if (!delivered) return false;
        for (const MasterJob<Sample>* job : jobs) runner_.recall_ends(*job);
        clock_.mark_cached("deliver");
        const std::lock_guard lock(mutex_);
        result_.files_in_place += static_cast<int>(delivered->files.size());
        for (const FileCut& cut : stream.cuts) progress_.files().end(cut.path);
        delivered_[&stream] = std::move(*delivered);
        return true;
    }

    /// Whether an earlier render has made the same sound: then its files are written again with their names and tags.
    bool is_retagged(const PlannedStream& stream, const std::vector<MasterJob<Sample>*>& jobs) {
        std::optional<SameSound> sound = memory_.find_sound(stream, jobs);
        if (!sound) return false;
        const double start = steady_seconds();
        for (const FileCut& cut : stream.cuts) make_folder_of(cut.path);
        if (!retag(stream, *sound, cancel_)) return false;
        clock_.add("retag", steady_seconds() - start);
        for (const MasterJob<Sample>* job : jobs) runner_.recall_ends(*job);
        memory_.keep(stream, jobs, sound->delivered);
        for (const FileCut& cut : stream.cuts) progress_.files().end(cut.path);
        const std::lock_guard lock(mutex_);
        result_.files_retagged += static_cast<int>(sound->delivered.files.size());
        delivered_[&stream] = std::move(sound->delivered);
        return true;
    }

    /// Files that hold the whole album, out of the streams kept for them.
    void assemble_albums() {
        for (const PlannedAlbumFile& planned : production_.plan().album_files) {
            cancel_.check();
            make_folder_of(planned.cut.path);
            const PlannedStream& first = production_.plan().streams[planned.streams.front()];
            FileOutput output({planned.cut}, first.format.write, &progress_.files());
            DeliverableResult result = delivered_.at(&first).made;
            for (const std::size_t s : planned.streams) {
                const PlannedStream& stream = production_.plan().streams[s];
                write_silence(output, stream.format.write, stream.silence_before);
                DeliveredStream& part = delivered_.at(&stream);
                part.spool->replay(output);
                part.spool.reset();
                result.ceiling_repair_db = std::min(result.ceiling_repair_db, part.made.ceiling_repair_db);
                result.certificate = worse_of(result.certificate, part.made.certificate);
            }
            output.finish();
            result.path = planned.cut.path;
            output.measure(0, production_.mono(), cancel_, clock_, result);
            output.commit(0);
            result_.album_files.push_back(std::move(result));
        }
    }

    Production<Sample>& production_;
    const RenderOptions& options_;
    RenderProgress& progress_;
    const Cancel& cancel_;
    StorageBudget budget_;
    StageClock clock_;
    std::unique_ptr<Engine<Sample>> engine_;
    MasterRunner<Sample> runner_;
    GainPointCache<Sample> cache_;
    DeliveryMemory<Sample> memory_;
    GainMemory<Sample> gains_;
    std::mutex mutex_;
    DeliveredStreams delivered_;
    std::map<const MasterJob<Sample>*, bool> from_cache_;  ///< of those whose audio at the gain point was stored
    RenderResult result_;
};

}  // namespace lathe
