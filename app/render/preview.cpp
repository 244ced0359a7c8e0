// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/preview.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/render/delivery_memory.h"
#include "app/render/master_solver.h"
#include "app/render/memory_output.h"
#include "app/render/production.h"
#include "app/render/reel_delivery.h"
#include "app/render/render_description.h"
#include "app/render/render_units.h"

namespace lathe {
namespace {

/// The album with nothing but one master, one version beside the main one, whose gain it may take, and the one delivery
/// that previews speak of.
Album previewed(Album album, const Rendition& rendition) {
    const std::string& master = rendition.master;
    const auto is_meant = [&](const Master& m) { return m.name == master; };
    const auto chosen = std::find_if(album.masters.begin(), album.masters.end(), is_meant);
    if (chosen == album.masters.end()) throw InputError("no master \"" + master + "\"");
    album.masters = {*chosen};
    Delivery delivery;
    delivery.name = "preview";
    for (const Delivery& candidate : album.deliveries) {
        const DeliverFormat format = candidate.settings.format;
        const bool lossless =
            format == DeliverFormat::wav || format == DeliverFormat::aiff || format == DeliverFormat::flac;
        if (!lossless || candidate.settings.master != master) continue;
        delivery = candidate;
        break;
    }
    delivery.settings.master = master;
    delivery.settings.layout = Layout::tracks;
    delivery.settings.file = "{number} {version}";
    delivery.settings.tracks.clear();
    delivery.settings.versions = {main_version};
    for (Track& track : album.tracks)
        std::erase_if(track.versions, [&](const Version& v) { return v.info.name != rendition.version; });
    const bool has_version =
        std::any_of(album.tracks.begin(), album.tracks.end(), [](const Track& t) { return !t.versions.empty(); });
    if (has_version) delivery.settings.versions.push_back(rendition.version);
    album.deliveries = {delivery};
    return album;
}

/// Those of the master that is previewed: its gain is theirs. A master that is not delivered has the preview's own.
std::vector<Delivery> deliveries_of(const Album& whole, const Album& previewed) {
    std::vector<Delivery> deliveries;
    for (const Delivery& delivery : whole.deliveries)
        if (delivery.settings.master == previewed.main().name) deliveries.push_back(delivery);
    return deliveries.empty() ? previewed.deliveries : deliveries;
}

bool is_of_another(const RenderWarning& warning, const PlannedStream& stream, const std::string& track) {
    return std::any_of(stream.cut_tracks.begin(), stream.cut_tracks.end(),
                       [&](const Track* cut) { return cut->id == warning.track && cut->id != track; });
}

}  // namespace

PreviewMemory::PreviewMemory(std::filesystem::path spill_folder, const PreviewLimits& limits)
    : budget(std::make_shared<StorageBudget>(std::move(spill_folder), limits.memory)),
      gain_points(limits.old_gain_points),
      old_bytes_(limits.old_previews) {}

std::vector<KeptPreview> PreviewMemory::find(const std::string& sound) {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(sound);
    if (known == entries_.end()) return {};
    known->second.used = ++uses_;
    return known->second.tracks;
}

void PreviewMemory::keep(const std::string& sound, std::vector<KeptPreview> tracks) {
    const std::lock_guard lock(mutex_);
    entries_[sound] = {std::move(tracks), ++uses_};
    drop_idle();
}

bool PreviewMemory::Entry::is_idle() const {
    return std::none_of(tracks.begin(), tracks.end(),
                        [](const KeptPreview& track) { return track.use_count() > 1 || track->audio.use_count() > 1; });
}

Frames PreviewMemory::Entry::bytes() const {
    Frames sum = 0;
    for (const KeptPreview& track : tracks)
        sum += track->audio->frames() * track->audio->channels() * static_cast<Frames>(sizeof(float));
    return sum;
}

void PreviewMemory::drop_idle() {
    for (;;) {
        Frames idle = 0;
        auto oldest = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
            if (!entry->second.is_idle()) continue;
            idle += entry->second.bytes();
            if (oldest == entries_.end() || entry->second.used < oldest->second.used) oldest = entry;
        }
        if (idle <= old_bytes_) return;
        entries_.erase(oldest);
    }
}

void PreviewMemory::hold(const std::string& master, std::vector<std::string> keys) {
    constexpr std::size_t most_masters = 2;
    std::vector<std::string> let_go;
    {
        const std::lock_guard lock(mutex_);
        auto before = std::find_if(held_.begin(), held_.end(), [&](const Held& held) { return held.master == master; });
        if (before == held_.end() && held_.size() == most_masters) before = held_.begin();
        if (before != held_.end()) {
            let_go = std::move(before->keys);
            held_.erase(before);
        }
        held_.push_back({master, std::move(keys)});
    }
    for (const std::string& key : let_go) gain_points.release(key);
}

struct Preview::Body {
    Body(const Album& whole, const Rendition& rendition, const RenderOptions& asked, PreviewMemory& remembered,
         RenderProgress& progress, const Cancel& cancel)
        : options(asked),
          album(previewed(whole, rendition)),
          deliveries(deliveries_of(whole, album)),
          memory(remembered),
          production(album, options, deliveries),
          engine(cpu_engine<float>()),
          runner(*engine, options.cache, *memory.budget, clock, progress.frames(), cancel, production.mono()),
          solver(production, runner, *memory.budget, memory.gain_points, false),
          sounds(options.cache, Certify::off, production.mono()),
          units(units_of(production, album.main(), true)) {
        runner.keep_no_audio();
        for (auto* jobs : {&main_jobs(), &version_jobs()})
            for (const MasterJob<float>& job : *jobs) memory.gain_points.expect(job.key);
    }
    ~Body() {
        std::vector<std::string> keys;
        for (auto* jobs : {&main_jobs(), &version_jobs()})
            for (MasterJob<float>& job : *jobs) {
                job.stored.reset();
                keys.push_back(job.key);
            }
        memory.hold(album.main().name, std::move(keys));
    }

    std::vector<MasterJob<float>>& main_jobs() { return production.main_jobs(album.main()); }
    std::vector<MasterJob<float>>& version_jobs() { return production.version_jobs(album.main()); }

    /// The version's, where the track has it.
    const PlannedStream& stream_of(const std::string& track) const {
        const PlannedStream* found = nullptr;
        for (const PlannedStream& stream : production.plan().streams)
            for (const Track* cut : stream.cut_tracks)
                if (cut->id == track && (!found || stream.version != main_version)) found = &stream;
        if (!found) throw InputError("no track \"" + track + "\"");
        return *found;
    }

    static const Version* version_of(const MasterJob<float>& job) { return job.programme->parts.front().version; }

    double solve(const std::string& track) {
        MasterJob<float>* const asked = job_of(production, stream_of(track), 0);
        MasterJob<float>* const main = version_of(*asked) ? &main_job_of(production, *asked) : asked;
        for (Unit<float>& unit : units)
            for (GainGroup<float>& group : unit.groups)
                if (std::find(group.begin(), group.end(), main) != group.end()) solver.solve(group);
        return main->solved_gain_db;
    }

    /// What has landed of the main version counts for another one too, or that one is solved by itself.
    void take_gain(MasterJob<float>& job) {
        if (!version_of(job)) return;
        if (version_of(job)->info.gain == VersionGain::main)
            job.solved_gain_db = main_job_of(production, job).solved_gain_db;
        else if (solved_alone.insert(&job).second)
            solver.solve({&job});
    }

    std::vector<KeptPreview> render(const std::string& track) {
        const PlannedStream& stream = stream_of(track);
        std::vector<MasterJob<float>*> reel;
        for (std::size_t i = 0; i < stream.reel.size(); ++i) reel.push_back(job_of(production, stream, i));
        for (MasterJob<float>* job : reel) take_gain(*job);
        const std::string sound = sounds.sound_key(stream, reel);
        if (std::vector<KeptPreview> known = memory.find(sound); !known.empty())
            return shown_of(stream, as_of(stream, std::move(known)));
        for (MasterJob<float>* job : reel) store(*job);
        std::vector<KeptAudio> audio(stream.cuts.size());
        ReelDelivery<float> delivery(runner, *memory.budget, production.library(), {reel.begin(), reel.end()},
                                     {&stream}, Certify::off);
        delivery.write_to([&](const PlannedStream& planned, const WriteFormat& format) {
            return std::make_unique<MemoryOutput>(planned.cuts, format, production.mono(), memory.budget, audio);
        });
        DeliveredStream delivered = std::move(delivery.deliver().front());
        const std::vector<RenderWarning> warnings = warnings_of(stream, delivered, reel.front()->has_limiter());
        std::vector<KeptPreview> tracks;
        for (std::size_t i = 0; i < delivered.files.size(); ++i) {
            const std::size_t laid = stream.cut_programmes[i];
            auto made = std::make_shared<TrackPreview>();
            made->track = stream.cut_tracks[i]->id;
            made->result = std::move(delivered.files[i].result);
            made->result.path.clear();
            made->audio = audio[i];
            const ProgrammePart& part = part_of(*reel[laid], made->track);
            const double rate = stream.format.write.sample_rate;
            made->source_from_s = static_cast<double>(part.source_from) / reel[laid]->programme->rate;
            made->source_s = static_cast<double>(part.frames) / reel[laid]->programme->rate;
            made->gap_before_s = static_cast<double>(stream.cuts[i].silence_before) / rate;
            made->gap_behind_s = static_cast<double>(stream.cuts[i].silence_behind - overlap_behind(stream, i)) / rate;
            made->gains = gains_of_track(*reel[laid], delivery.gains(laid), part);
            for (const RenderWarning& warning : warnings)
                if (!is_of_another(warning, stream, made->track)) made->warnings.push_back(warning);
            tracks.push_back(std::move(made));
        }
        memory.keep(sound, tracks);
        return shown_of(stream, std::move(tracks));
    }

    /// Without those that another stream brings: beside a joined neighbour, the main version of a track that is shown
    /// in another.
    std::vector<KeptPreview> shown_of(const PlannedStream& stream, std::vector<KeptPreview> tracks) const {
        std::erase_if(tracks, [&](const KeptPreview& track) { return &stream_of(track->track) != &stream; });
        return tracks;
    }

    /// What an earlier state of the album has left: its tracks may have had other ids.
    static std::vector<KeptPreview> as_of(const PlannedStream& stream, std::vector<KeptPreview> known) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            const std::string& id = stream.cut_tracks[i]->id;
            if (known[i]->track == id) continue;
            auto renamed = std::make_shared<TrackPreview>(*known[i]);
            for (RenderWarning& warning : renamed->warnings)
                if (warning.track == renamed->track) warning.track = id;
            renamed->track = id;
            known[i] = std::move(renamed);
        }
        return known;
    }

    /// So that another gain, and the next edit behind the gain point, find the audio there.
    void store(MasterJob<float>& job) {
        if (job.stored || job.before->plan.is_empty()) return;
        job.stored = memory.gain_points.find(job.key);
        if (job.stored) return;
        job.stored = runner.to_gain_point(job, false);
        memory.gain_points.keep(job.key, job.stored);
    }

    /// How much of a cut's end lies in the file of the next, since their programmes overlap.
    static Frames overlap_behind(const PlannedStream& stream, std::size_t cut) {
        if (cut + 1 >= stream.cuts.size()) return 0;
        const std::size_t laid = stream.cut_programmes[cut], next = stream.cut_programmes[cut + 1];
        return laid == next ? 0 : stream.reel[laid].at + stream.reel[laid].frames - stream.reel[next].at;
    }

    static const ProgrammePart& part_of(const MasterJob<float>& job, const std::string& track) {
        const std::vector<ProgrammePart>& parts = job.programme->parts;
        return *std::find_if(parts.begin(), parts.end(),
                             [&](const ProgrammePart& part) { return part.track->id == track; });
    }

    static std::vector<StageGains> gains_of_track(const MasterJob<float>& job, const std::vector<StageGains>& behind,
                                                  const ProgrammePart& part) {
        std::vector<StageGains> all;
        if (job.stored) all = job.stored->gains;
        all.insert(all.end(), behind.begin(), behind.end());
        const auto index = static_cast<std::size_t>(&part - job.programme->parts.data());
        return gains_of_part(all, *job.programme, index, job.frames_out());
    }

    RenderOptions options;
    Album album;
    std::vector<Delivery> deliveries;
    PreviewMemory& memory;
    Production<float> production;
    StageClock clock;
    std::unique_ptr<Engine<float>> engine;
    MasterRunner<float> runner;
    MasterSolver<float> solver;
    DeliveryMemory<float> sounds;
    std::vector<Unit<float>> units;
    std::set<const MasterJob<float>*> solved_alone;
};

namespace {

RenderOptions with_memory(RenderOptions options, PreviewMemory& memory) {
    options.memory = &memory.compiled;
    options.selection = {};
    return options;
}

}  // namespace

Preview::Preview(const Album& album, const Rendition& rendition, const RenderOptions& options, PreviewMemory& memory,
                 RenderProgress& progress, const Cancel& cancel)
    : body_(std::make_unique<Body>(album, rendition, with_memory(options, memory), memory, progress, cancel)) {}
Preview::~Preview() = default;

bool Preview::gain_is_shared() const {
    return body_->units.size() == 1 && body_->main_jobs().size() > 1 &&
           MasterSolver<float>::needs_solving(body_->main_jobs().front());
}

void Preview::assume_gain(double solved_gain_db) {
    for (MasterJob<float>& job : body_->main_jobs())
        if (MasterSolver<float>::needs_solving(job)) job.solved_gain_db = solved_gain_db;
}

double Preview::solve(const std::string& track) { return body_->solve(track); }
std::vector<KeptPreview> Preview::render(const std::string& track) { return body_->render(track); }
std::vector<RenderWarning> Preview::warnings() const {
    std::vector<RenderWarning> all = body_->solver.warnings();
    const std::vector<RenderWarning> of_sources = body_->runner.warnings();
    all.insert(all.end(), of_sources.begin(), of_sources.end());
    return all;
}

}  // namespace lathe
