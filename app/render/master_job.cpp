// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/master_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/render/records.h"
#include "dsp/measure/peak_envelope.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

/// Measures the loudness of what goes by.
template <class Sample>
class Metered final : public Sink<Sample> {
public:
    Metered(LoudnessMeter<Sample>& meter, double& busy_s) : meter_(meter), busy_s_(busy_s) {}
    void write(AudioView<const Sample> audio) override {
        const double start = steady_seconds();
        meter_.push(audio);
        busy_s_ += steady_seconds() - start;
    }

private:
    LoudnessMeter<Sample>& meter_;
    double& busy_s_;
};

/// The same of what arrives at the gain point, with its peaks; and stores it, if there is a store.
template <class Sample>
class MeteredStore final : public Sink<Sample> {
public:
    MeteredStore(Sink<Sample>* store, LoudnessMeter<Sample>& meter, PeakEnvelope<Sample>& peaks, double& busy_s)
        : store_(store), metered_(meter, busy_s), peaks_(peaks) {}
    void write(AudioView<const Sample> audio) override {
        metered_.write(audio);
        peaks_.push(audio);
        if (store_) store_->write(audio);
    }

private:
    Sink<Sample>* store_;
    Metered<Sample> metered_;
    PeakEnvelope<Sample>& peaks_;
};

/// A source that counts the time its reading takes.
template <class Sample>
class TimedSource final : public Source<Sample> {
public:
    explicit TimedSource(Source<Sample>& inner) : inner_(inner) {}
    int channels() const override { return inner_.channels(); }
    Frames frames() const override { return inner_.frames(); }
    void read(AudioView<Sample> out) override {
        const double start = steady_seconds();
        inner_.read(out);
        busy_s += steady_seconds() - start;
    }
    double busy_s = 0;

private:
    Source<Sample>& inner_;
};

template <class GainOf>
GainSpec gain_steps(const Programme& programme, GainOf gain_of) {
    GainSpec spec;
    for (const ProgrammePart& part : programme.parts)
        if (const double db = gain_of(part); spec.steps.empty() || spec.steps.back().gain_db != db)
            spec.steps.push_back({part.at, db});
    return spec;
}
bool does_nothing(const GainSpec& spec) { return spec.steps.size() == 1 && spec.steps.front().gain_db == 0; }

void append(Plan& plan, const Plan& more) {
    plan.stages.insert(plan.stages.end(), more.stages.begin(), more.stages.end());
    plan.channels_out = more.channels_out;
}
void append_gain(Plan& plan, GainSpec spec, const char* name) {
    if (!does_nothing(spec)) plan.stages.push_back({name, std::move(spec), Channel::stereo, 1});
}

template <class Sample>
Plan plan_to_gain_point(const MasterJob<Sample>& job) {
    Plan plan{static_cast<double>(job.programme->rate), job.programme->channels, job.programme->channels, {}};
    append_gain(plan, gain_steps(*job.programme, [](const ProgrammePart& part) { return part.track->info.input_db; }),
                "input gain");
    append(plan, job.before->plan);
    return plan;
}

}  // namespace

double on_gain_grid(double db) { return std::round(db / gain_grid_db) * gain_grid_db; }
double down_on_gain_grid(double db) { return std::floor(db / gain_grid_db + 1e-6) * gain_grid_db; }

template <class Sample>
double MasterJob<Sample>::total_gain_db(const ProgrammePart& part) const {
    return on_gain_grid(master->target.gain_db + part.track->info.gain_db + solved_gain_db);
}

template <class Sample>
bool MasterJob<Sample>::is_unity() const {
    return std::all_of(programme->parts.begin(), programme->parts.end(), [&](const ProgrammePart& part) {
        return total_gain_db(part) == 0 && part.track->info.input_db == 0;
    });
}

template <class Sample>
std::string MasterJob<Sample>::master_key() const {
    std::vector<double> gains_db;
    for (const ProgrammePart& part : programme->parts) gains_db.push_back(total_gain_db(part));
    return lathe::master_key(key, gains_db, *after, fades);
}

/// Says, and keeps for renders to come, where a programme's files gave less than they promised.
template <class Sample>
void MasterRunner<Sample>::note_ends(const MasterJob<Sample>& job, const std::vector<SilentEnd>& ends) {
    nlohmann::json record = nlohmann::json::array();
    for (const SilentEnd& end : ends) {
        record.push_back({end.part - job.programme->parts.data(), end.from_s, end.seconds});
        warn_of(end);
    }
    cache_.keep(content_hash("ends " + job.key), packed(record));
}

template <class Sample>
void MasterRunner<Sample>::recall_ends(const MasterJob<Sample>& job) {
    const std::optional<CacheEntry> known = cache_.find(content_hash("ends " + job.key));
    if (!known) return;
    for (const nlohmann::json& end : unpacked(known->record))
        warn_of({&job.programme->parts.at(end.at(0).get<std::size_t>()), end.at(1), end.at(2)});
}

template <class Sample>
void MasterRunner<Sample>::warn_of(const SilentEnd& end) {
    const std::lock_guard lock(mutex_);
    const bool known = std::any_of(warnings_.begin(), warnings_.end(), [&](const RenderWarning& warning) {
        return warning.track == end.part->track->id && warning.time_s == end.from_s;
    });
    if (!known)
        warnings_.push_back({"source_end", "warn", end.part->track->id, "", end.from_s,
                             fmt::format("{}: decoding stops at {:.3f} s, {:.3f} s before the end; silence stands "
                                         "for the rest; convert it to FLAC or WAV with another program",
                                         end.part->source.string(), end.from_s, end.seconds)});
}

template <class Sample>
std::vector<RenderWarning> MasterRunner<Sample>::warnings() const {
    const std::lock_guard lock(mutex_);
    return warnings_;
}

template <class Sample>
std::shared_ptr<const BeforeGainPoint<Sample>> MasterRunner<Sample>::run_to_gain_point(const MasterJob<Sample>& job,
                                                                                       bool witnessed) {
    auto stored = std::make_shared<BeforeGainPoint<Sample>>(
        BeforeGainPoint<Sample>{nullptr, {}, {}, Witness(job.frames_out(), job.programme->rate), {}, false});
    const Plan plan = plan_to_gain_point(job);
    if (!job.begins_at_gain_point())
        stored->audio =
            std::make_unique<StoredAudio<Sample>>(plan.channels_out, budget_, keeps_audio_ ? &cache_ : nullptr);
    LoudnessMeter<Sample> meter(plan.channels_out, plan.rate, mono_);
    double metering_s = 0;
    PeakEnvelope<Sample> peaks(plan.channels_out);
    MeteredStore<Sample> sink(stored->audio.get(), meter, peaks, metering_s);
    ProgrammeSource<Sample> files(*job.programme, job.tail);
    TimedSource<Sample> source(files);
    std::vector<StageReport> reports =
        engine_.run(plan, source, sink, progress_, cancel_, witnessed ? &stored->witness : nullptr);
    note_ends(job, files.silent_ends());
    meter.finish();
    stored->loudness = meter.blocks();
    peaks.finish();
    stored->peaks = peaks.peaks();
    clock_.add("read", source.busy_s);
    clock_.add(reports);
    clock_.add("loudness", metering_s);
    stored->gains = gains_of(std::move(reports));
    if (cache_.is_on()) keep(job, *stored, witnessed);
    return stored;
}

template <class Sample>
void MasterRunner<Sample>::keep(const MasterJob<Sample>& job, const BeforeGainPoint<Sample>& found, bool witnessed) {
    nlohmann::json record{{"loudness", record_of(found.loudness)},
                          {"peaks", record_of(found.peaks)},
                          {"witnessed", witnessed},
                          {"witness", record_of(found.witness)},
                          {"gains", record_of(found.gains)}};
    if (found.audio)
        found.audio->keep(job.key, std::move(record));
    else
        cache_.keep(job.key, packed(record));
}

template <class Sample>
std::shared_ptr<const BeforeGainPoint<Sample>> MasterRunner<Sample>::to_gain_point(const MasterJob<Sample>& job,
                                                                                   bool witnessed) {
    nlohmann::json record;
    std::unique_ptr<StoredAudio<Sample>> audio;
    if (!job.begins_at_gain_point()) {
        audio = StoredAudio<Sample>::find(cache_, job.key, budget_, record);
    } else {
        witnessed = false;  // every run starts at the sources, and its witness hears all of it
        if (const std::optional<CacheEntry> entry = cache_.find(job.key)) record = unpacked(entry->record);
    }
    if (!record.contains("witnessed") || (witnessed && !record["witnessed"])) return run_to_gain_point(job, witnessed);
    auto stored = std::make_shared<BeforeGainPoint<Sample>>(
        BeforeGainPoint<Sample>{std::move(audio), loudness_from(record.at("loudness")), floats_from(record.at("peaks")),
                                Witness(job.frames_out(), job.programme->rate), gains_from(record.at("gains")), true});
    include_record(record.at("witness"), stored->witness);
    recall_ends(job);
    clock_.mark_cached("before the gain point");
    return stored;
}

template <class Sample>
std::vector<StageReport> MasterRunner<Sample>::run(const MasterJob<Sample>& job, double solved_gain_db,
                                                   Sink<Sample>& sink, Witness* witness, Reading reading) {
    MasterJob<Sample> gained = job;
    gained.solved_gain_db = solved_gain_db;
    Plan plan;
    std::unique_ptr<Source<Sample>> from;
    const ProgrammeSource<Sample>* files = nullptr;
    const bool stored = job.stored && job.stored->audio && job.stored->audio->load();
    if (stored) {
        plan = {
            static_cast<double>(job.programme->rate), job.before->plan.channels_out, job.before->plan.channels_out, {}};
        from = std::make_unique<StoredSource<Sample>>(*job.stored->audio, reading);
        if (witness) witness->include(job.stored->witness);
    } else {
        plan = plan_to_gain_point(job);
        auto opened = std::make_unique<ProgrammeSource<Sample>>(*job.programme, job.tail);
        files = opened.get();
        from = std::move(opened);
    }
    append_gain(plan, gain_steps(*job.programme, [&](const ProgrammePart& part) { return gained.total_gain_db(part); }),
                "gain");
    append(plan, job.after->plan);
    if (!job.fades.empty()) plan.stages.push_back({"fades", FadeSpec{job.fades}, Channel::stereo, 1});
    TimedSource<Sample> source(*from);
    const auto reports = engine_.run(plan, source, sink, progress_, cancel_, witness);
    if (files) note_ends(job, files->silent_ends());
    clock_.add(stored ? "read back" : "read", source.busy_s);
    clock_.add(reports);
    return reports;
}

template <class Sample>
void MasterRunner<Sample>::measure(MasterJob<Sample>& job, double solved_gain_db) {
    if (job.gain_of_loudness_db == solved_gain_db) return;
    job.gain_of_loudness_db = solved_gain_db;
    MasterJob<Sample> gained = job;
    gained.solved_gain_db = solved_gain_db;
    const std::string key =
        content_hash("loudness " + gained.master_key() + (mono_ == MonoWeight::dual ? " dual" : ""));
    if (const std::optional<CacheEntry> known = cache_.find(key)) {
        job.loudness = loudness_from(unpacked(known->record));
        clock_.mark_cached("loudness of the master");
        return;
    }
    LoudnessMeter<Sample> meter(job.channels_out(), job.programme->rate, mono_);
    double metering_s = 0;
    Metered<Sample> sink(meter, metering_s);
    run(job, solved_gain_db, sink);
    meter.finish();
    job.loudness = meter.blocks();
    cache_.keep(key, packed(record_of(job.loudness)));
    clock_.add("loudness", metering_s);
}

template struct MasterJob<float>;
template struct MasterJob<double>;
template class MasterRunner<float>;
template class MasterRunner<double>;

}  // namespace lathe
