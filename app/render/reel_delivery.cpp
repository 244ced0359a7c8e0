// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/reel_delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/render/copy_pcm.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

constexpr int most_attempts = 4;
/// A repair by more than this is heard as limiting of its own, and worth a word.
constexpr double notable_repair_db = 1;

/// Hands one run's frames to several streams.
template <class Sample>
class FanOut final : public Sink<Sample> {
public:
    explicit FanOut(std::vector<DeliveryStream<Sample>*> streams) : streams_(std::move(streams)) {}
    void write(AudioView<const Sample> audio) override {
        for (DeliveryStream<Sample>* stream : streams_) stream->write(audio);
    }

private:
    std::vector<DeliveryStream<Sample>*> streams_;
};

const char* format_word(Container container) { return deliver_formats[static_cast<std::size_t>(container)].data(); }

}  // namespace

template <class Sample>
struct ReelDelivery<Sample>::Attempt {
    const PlannedStream* plan = nullptr;
    StreamFormat format;
    std::size_t index = 0;  ///< of the stream
    std::unique_ptr<CutOutput> files;
    std::unique_ptr<SpoolOutput> spool;
    std::unique_ptr<DeliveryStream<Sample>> stream;

    /// Whether the stream is one lossless file, whose own true peak is the stream's. (Where a file is cut off in full
    /// sound, its end rings on the meter without anything there to hear.)
    bool is_one_file() const {
        return files && format.write.format != SampleFormat::lossy && plan->cuts.size() == 1 &&
               plan->cuts.front().from == 0 &&
               plan->cuts.front().frames == plan->reel.back().at + plan->reel.back().frames;
    }
    PcmOutput& output() { return spool ? static_cast<PcmOutput&>(*spool) : *files; }
};

template <class Sample>
ReelDelivery<Sample>::ReelDelivery(MasterRunner<Sample>& runner, StorageBudget& budget, const SourceLibrary& library,
                                   std::vector<const MasterJob<Sample>*> jobs,
                                   std::vector<const PlannedStream*> streams, Certify certify)
    : runner_(runner),
      budget_(budget),
      library_(library),
      jobs_(std::move(jobs)),
      streams_(std::move(streams)),
      certify_(certify),
      limiters_(jobs_.size()),
      certificates_(jobs_.size()),
      gains_(jobs_.size()),
      make_output_([](const PlannedStream& stream, const WriteFormat& format) {
          return std::make_unique<FileOutput>(stream.cuts, format);
      }) {}

template <class Sample>
typename ReelDelivery<Sample>::Attempt ReelDelivery<Sample>::attempt(std::size_t stream, const StreamFormat& format) {
    Attempt made{streams_[stream], format, stream, nullptr, nullptr, nullptr};
    if (made.plan->delivery->settings.layout == Layout::album)
        made.spool = std::make_unique<SpoolOutput>(format.write, budget_);
    else
        made.files = make_output_(*made.plan, format.write);
    return made;
}

template <class Sample>
std::vector<DeliveredStream> ReelDelivery<Sample>::deliver() {
    std::vector<DeliveredStream> delivered(streams_.size());
    std::vector<Attempt> attempts;
    const bool limited = std::all_of(jobs_.begin(), jobs_.end(), [](const auto* job) { return job->has_limiter(); });
    for (std::size_t i = 0; i < streams_.size(); ++i) {
        StreamFormat format = streams_[i]->format;
        if (!limited) format.ceiling_dbtp.reset();
        Attempt first = attempt(i, format);
        if (is_copy(*streams_[i])) {
            copy(*streams_[i], first.output());
            finish(first, delivered[i]);
            commit(first, delivered[i]);
        } else {
            attempts.push_back(std::move(first));
        }
    }
    for (int round = 1; !attempts.empty(); ++round) {
        run(attempts);
        std::vector<Attempt> again;
        for (Attempt& made : attempts) {
            DeliveredStream& result = delivered[made.index];
            result = {};
            finish(made, result);
            const double over = over_ceiling(made, result);
            if (over > ceiling_aim_db && round < most_attempts) {
                StreamFormat lower = made.format;
                *lower.ceiling_dbtp -= over + 0.002;
                again.push_back(attempt(made.index, lower));
                continue;
            }
            commit(made, result);
            result.ceiling_passed = over > ceiling_tolerance_db;
        }
        attempts = std::move(again);
    }
    return delivered;
}

/// Runs every job of the reel into all attempts.
template <class Sample>
void ReelDelivery<Sample>::run(std::vector<Attempt>& attempts) {
    std::vector<DeliveryStream<Sample>*> streams;
    for (Attempt& attempt : attempts) {
        attempt.stream =
            std::make_unique<DeliveryStream<Sample>>(attempt.format, &attempt.output(), !attempt.is_one_file());
        streams.push_back(attempt.stream.get());
    }
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
        for (Attempt& attempt : attempts) {
            const std::vector<LaidProgramme>& reel = attempt.plan->reel;
            attempt.stream->begin(jobs_[j]->programme->rate, jobs_[j]->channels_out(), reel[j].at,
                                  j + 1 < reel.size() ? std::optional(reel[j + 1].at) : std::nullopt);
        }
        FanOut<Sample> sink(streams);
        run_job(j, sink);
        for (auto* stream : streams) stream->end();
    }
    for (auto* stream : streams) {
        stream->finish();
        runner_.clock().add("deliver", stream->busy_s());
    }
}

/// Into sink, with its limiter's activity and its certificate. What they are does not depend on the attempt.
template <class Sample>
void ReelDelivery<Sample>::run_job(std::size_t j, Sink<Sample>& sink) {
    const MasterJob<Sample>& job = *jobs_[j];
    const bool proven = certificates_[j].samples > 0;
    Witness witness(job.frames_out(), job.programme->rate);
    const bool runs_twice = certify_ == Certify::full && !proven;
    std::vector<StageReport> reports =
        runner_.run(job, job.solved_gain_db, sink, certify_ == Certify::sampled && !proven ? &witness : nullptr,
                    runs_twice ? Reading::again : job.delivery_reads);
    for (const StageReport& report : reports)
        if (report.limiter) limiters_[j] = *report.limiter;
    gains_[j] = gains_of(std::move(reports));
    if (certify_ == Certify::sampled && !proven) certificates_[j] = certificate_of(&witness);
    if (!runs_twice) return;
    StoredAudio<Sample> master(job.channels_out(), budget_);
    runner_.run(job, job.solved_gain_db, master, nullptr, job.delivery_reads);
    certificates_[j] = certify_whole(job, master, runner_);
}

/// By how much the delivered samples pass a ceiling that is held; negative or 0 if they do not.
template <class Sample>
double ReelDelivery<Sample>::over_ceiling(const Attempt& attempt, const DeliveredStream& delivered) const {
    if (!attempt.format.ceiling_dbtp) return 0;
    const std::optional<double> peak = attempt.is_one_file() ? delivered.files.front().result.measured.true_peak_dbtp
                                                             : attempt.stream->true_peak_dbtp();
    return peak ? *peak - *attempt.plan->format.ceiling_dbtp : 0;
}

/// Ends the stream's files and reads them back; they still lie under temporary names.
template <class Sample>
void ReelDelivery<Sample>::finish(Attempt& attempt, DeliveredStream& delivered) const {
    delivered.made = describe(*attempt.plan);
    if (attempt.stream) {
        const double lowered =
            attempt.format.ceiling_dbtp ? *attempt.format.ceiling_dbtp - *attempt.plan->format.ceiling_dbtp : 0;
        delivered.made.ceiling_repair_db = attempt.stream->ceiling_repair_db() + lowered;
    }
    if (delivered.made.ceiling_repair_db < -notable_repair_db)
        delivered.warnings.push_back(
            {"ceiling_repair",
             "warn",
             jobs_.front()->programme->title(),
             attempt.plan->delivery->name,
             {},
             fmt::format("behind the limiter the ceiling took another {:.1f} dB; put the limiter last in the chain",
                         -delivered.made.ceiling_repair_db)});
    if (!attempt.files) return;
    attempt.files->finish();
    for (std::size_t i = 0; i < attempt.files->cuts().size(); ++i) {
        const std::size_t job = attempt.plan->cut_programmes[i];
        DeliveredFile file{attempt.plan->cut_tracks[i], delivered.made};
        file.result.path = attempt.files->cuts()[i].path;
        file.result.solved_gain_db = jobs_[job]->solved_gain_db;
        file.result.limiter = limiters_[job];
        file.result.certificate = certificates_[job];
        for (const ProgrammePart& part : jobs_[job]->programme->parts)
            if (part.track == file.track) file.result.gain_db = jobs_[job]->total_gain_db(part);
        attempt.files->measure(i, runner_.mono(), runner_.cancel(), runner_.clock(), file.result);
        delivered.files.push_back(std::move(file));
    }
}

template <class Sample>
void ReelDelivery<Sample>::commit(Attempt& attempt, DeliveredStream& delivered) const {
    delivered.spool = std::move(attempt.spool);
    for (std::size_t i = 0; i < delivered.files.size(); ++i) attempt.files->commit(i);
}

template <class Sample>
DeliverableResult ReelDelivery<Sample>::describe(const PlannedStream& stream) const {
    const WriteFormat& write = stream.format.write;
    DeliverableResult made;
    made.name = stream.delivery->name;
    made.master = stream.master->name;
    made.version = stream.version;
    made.format = format_word(write.container);
    made.sample_rate = write.sample_rate;
    made.bits = write.format == SampleFormat::lossy     ? ""
                : write.format == SampleFormat::float32 ? "float"
                                                        : std::to_string(bits_of(write.format));
    made.channels = write.channels;
    made.ceiling_dbtp = stream.format.ceiling_dbtp;
    made.gain_db = jobs_.front()->total_gain_db(jobs_.front()->programme->parts.front());
    made.solved_gain_db = jobs_.front()->solved_gain_db;
    made.limiter = limiters_.front();
    for (const NullCertificate& certificate : certificates_) made.certificate = worse_of(made.certificate, certificate);
    return made;
}

template <class Sample>
bool ReelDelivery<Sample>::is_copy(const PlannedStream& stream) const {
    const WriteFormat& write = stream.format.write;
    if (jobs_.size() != 1 || write.format == SampleFormat::lossy) return false;
    const MasterJob<Sample>& job = *jobs_.front();
    if (!job.is_bare() || !job.is_unity() || job.programme->rate != write.sample_rate ||
        job.programme->channels != write.channels)
        return false;
    return std::all_of(job.programme->parts.begin(), job.programme->parts.end(), [&](const ProgrammePart& part) {
        const SampleFormat from = library_.source(part.source).info.format;
        if (is_integer(write.format)) return is_integer(from) && bits_of(from) <= bits_of(write.format);
        return from == SampleFormat::float32 || (is_integer(from) && bits_of(from) <= 24);
    });
}

template <class Sample>
void ReelDelivery<Sample>::copy(const PlannedStream& stream, PcmOutput& output) const {
    const bool integers = is_integer(stream.format.write.format);
    for (const ProgrammePart& part : jobs_.front()->programme->parts) {
        AudioReader reader(part.source);
        reader.seek(part.source_from);
        const auto put = [&](const PcmBlock& block) { output.write(block); };
        if (copy_pcm(reader, integers, part.frames, runner_.cancel(), put) != part.frames)
            throw InputError(fmt::format("{}: ends early; export it again", part.source.string()));
        check_unchanged(part.source, part.source_state);
    }
}

template <class Sample>
std::optional<double> ReelDelivery<Sample>::unheld_true_peak_dbtp(const PlannedStream& planned) {
    StreamFormat format = planned.format;
    format.ceiling_dbtp.reset();
    DeliveryStream<Sample> stream(format, nullptr, true);
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
        stream.begin(jobs_[j]->programme->rate, jobs_[j]->channels_out(), planned.reel[j].at,
                     j + 1 < planned.reel.size() ? std::optional(planned.reel[j + 1].at) : std::nullopt);
        FanOut<Sample> sink({&stream});
        runner_.run(*jobs_[j], jobs_[j]->solved_gain_db, sink);
        stream.end();
    }
    stream.finish();
    runner_.clock().add("deliver", stream.busy_s());
    return stream.true_peak_dbtp();
}

template class ReelDelivery<float>;
template class ReelDelivery<double>;

}  // namespace lathe
