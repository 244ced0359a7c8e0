// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_memory.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/render/key.h"
#include "app/render/records.h"

namespace lathe {
namespace {

using Json = nlohmann::json;

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
std::optional<double> optional_from(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

Json record_of(const FileMeasurement& m) {
    return {{"frames", m.info.frames},
            {"rate", m.info.sample_rate},
            {"channels", m.info.channels},
            {"integrated", optional_json(m.integrated_lufs)},
            {"momentary", optional_json(m.momentary_max_lufs)},
            {"short_term", optional_json(m.short_term_max_lufs)},
            {"range", optional_json(m.loudness_range_lu)},
            {"true_peak", optional_json(m.true_peak_dbtp)},
            {"sample_peak", optional_json(m.sample_peak_dbfs)},
            {"plr", optional_json(m.plr_lu)},
            {"dual_mono", optional_json(m.dual_mono_lufs)},
            {"dc", m.dc_offset},
            {"clipped", m.clipped_samples},
            {"correlation", optional_json(m.correlation)},
            {"leading", m.leading_silence_s},
            {"trailing", m.trailing_silence_s},
            {"loudness", lathe::record_of(m.loudness)}};
}

FileMeasurement measurement_from(const Json& record, const std::filesystem::path& path) {
    FileMeasurement m;
    m.info.path = path;
    m.info.frames = record.at("frames");
    m.info.sample_rate = record.at("rate");
    m.info.channels = record.at("channels");
    m.integrated_lufs = optional_from(record.at("integrated"));
    m.momentary_max_lufs = optional_from(record.at("momentary"));
    m.short_term_max_lufs = optional_from(record.at("short_term"));
    m.loudness_range_lu = optional_from(record.at("range"));
    m.true_peak_dbtp = optional_from(record.at("true_peak"));
    m.sample_peak_dbfs = optional_from(record.at("sample_peak"));
    m.plr_lu = optional_from(record.at("plr"));
    m.dual_mono_lufs = optional_from(record.at("dual_mono"));
    m.dc_offset = record.at("dc").get<std::vector<double>>();
    m.clipped_samples = record.at("clipped");
    m.correlation = optional_from(record.at("correlation"));
    m.leading_silence_s = record.at("leading");
    m.trailing_silence_s = record.at("trailing");
    m.loudness = loudness_from(record.at("loudness"));
    return m;
}

Json record_of(const DeliverableResult& d) {
    const FileState state = state_of(d.path);
    return {{"path", d.path.string()},
            {"bytes", state.bytes},
            {"changed_ns", state.changed_ns},
            {"format", d.format},
            {"bits", d.bits},
            {"duration_s", d.duration_s},
            {"gain_db", d.gain_db},
            {"solved_gain_db", d.solved_gain_db},
            {"ceiling_dbtp", optional_json(d.ceiling_dbtp)},
            {"ceiling_repair_db", d.ceiling_repair_db},
            {"limiter", {d.limiter.max_reduction_db, d.limiter.mean_reduction_db, d.limiter.active_share}},
            {"residual_rms", optional_json(d.certificate.rms_dbfs)},
            {"residual_peak", optional_json(d.certificate.peak_dbfs)},
            {"residual_samples", d.certificate.samples},
            {"measured", record_of(d.measured)},
            {"sha256", d.sha256},
            {"audio_sha256", d.audio_sha256}};
}

DeliverableResult deliverable_from(const Json& record, const PlannedStream& stream, const std::filesystem::path& path) {
    const Json& limiter = record.at("limiter");
    DeliverableResult d;
    d.name = stream.delivery->name;
    d.master = stream.master->name;
    d.version = stream.version;
    d.path = path;
    d.format = record.at("format");
    d.sample_rate = stream.format.write.sample_rate;
    d.bits = record.at("bits");
    d.channels = stream.format.write.channels;
    d.duration_s = record.at("duration_s");
    d.gain_db = record.at("gain_db");
    d.solved_gain_db = record.at("solved_gain_db");
    d.ceiling_dbtp = optional_from(record.at("ceiling_dbtp"));
    d.ceiling_repair_db = record.at("ceiling_repair_db");
    d.limiter = {limiter.at(0), limiter.at(1), limiter.at(2)};
    d.certificate = {optional_from(record.at("residual_rms")), optional_from(record.at("residual_peak")),
                     record.at("residual_samples")};
    d.measured = measurement_from(record.at("measured"), path);
    d.sha256 = record.at("sha256");
    d.audio_sha256 = record.at("audio_sha256");
    return d;
}

FileState state_from(const Json& record) { return {record.at("bytes"), record.at("changed_ns")}; }

bool is_in_place(const Json& record, const std::filesystem::path& path) {
    const FileState now = state_of(path), then = state_from(record);
    if (now.bytes < 0 || now.bytes != then.bytes) return false;
    return now == then || sha256_of_file(path) == record.at("sha256").get<std::string>();
}

std::string text_of(const Tags& t) {
    return Json{t.title,    t.artist, t.album, t.album_artist, t.genre,   t.date,         t.comment,     t.copyright,
                t.composer, t.isrc,   t.upc,   t.label,        t.catalog, t.track_number, t.track_count, t.disc}
        .dump();
}

Json record_of(const DeliveredStream& delivered) {
    Json files = Json::array(), warnings = Json::array();
    for (const DeliveredFile& file : delivered.files) files.push_back(record_of(file.result));
    for (const RenderWarning& w : delivered.warnings)
        warnings.push_back({w.code, w.severity, w.track, w.deliverable, optional_json(w.time_s), w.message});
    return {{"files", std::move(files)},
            {"warnings", std::move(warnings)},
            {"made", record_of(delivered.made)},
            {"ceiling_passed", delivered.ceiling_passed}};
}

bool are_in_place(const Json& files, const PlannedStream& stream) {
    if (files.size() != stream.cuts.size()) return false;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!is_in_place(files[i], stream.cuts[i].path)) return false;
    return true;
}

DeliveredStream delivered_from(const Json& record, const PlannedStream& stream) {
    const Json& files = record.at("files");
    DeliveredStream delivered;
    for (std::size_t i = 0; i < files.size(); ++i)
        delivered.files.push_back({stream.cut_tracks[i], deliverable_from(files[i], stream, stream.cuts[i].path)});
    delivered.made = deliverable_from(record.at("made"), stream, {});
    for (const Json& w : record.at("warnings"))
        delivered.warnings.push_back({w.at(0), w.at(1), w.at(2), w.at(3), optional_from(w.at(4)), w.at(5)});
    delivered.ceiling_passed = record.at("ceiling_passed");
    return delivered;
}

}  // namespace

template <class Sample>
std::string DeliveryMemory<Sample>::sound_of(const PlannedStream& stream, const Jobs& jobs) const {
    const WriteFormat& write = stream.format.write;
    std::string text = fmt::format(
        "{} {} {} {} {} {} {} {} {} {} {} {}", program_key(), static_cast<int>(certify_), static_cast<int>(mono_),
        static_cast<int>(write.container), static_cast<int>(write.format), write.channels, write.sample_rate,
        write.kbps, write.seed, static_cast<int>(stream.format.dither), stream.format.seed,
        stream.format.ceiling_dbtp ? fmt::format("{:.17g}", *stream.format.ceiling_dbtp) : "-");
    for (std::size_t i = 0; i < jobs.size(); ++i)
        text += fmt::format("\n{} {} {}+{}", jobs[i]->master_key(), jobs[i]->has_limiter(), stream.reel[i].at,
                            stream.reel[i].frames);
    for (const FileCut& cut : stream.cuts)
        text += fmt::format("\n{}+{} {} {}", cut.from, cut.frames, cut.silence_before, cut.silence_behind);
    return text;
}

template <class Sample>
std::string DeliveryMemory<Sample>::sound_key(const PlannedStream& stream, const Jobs& jobs) const {
    return content_hash("sound " + sound_of(stream, jobs));
}

template <class Sample>
std::string DeliveryMemory<Sample>::files_key(const PlannedStream& stream, const Jobs& jobs) const {
    std::string text = sound_of(stream, jobs);
    for (const FileCut& cut : stream.cuts) text += fmt::format("\n{} {}", cut.path.string(), text_of(cut.tags));
    return content_hash(text);
}

template <class Sample>
void DeliveryMemory<Sample>::keep(const PlannedStream& stream, const Jobs& jobs,
                                  const DeliveredStream& delivered) const {
    if (delivered.spool || !cache_.is_on()) return;
    const std::string record = packed(record_of(delivered));
    cache_.keep(files_key(stream, jobs), record);
    cache_.keep(sound_key(stream, jobs), record);
}

template <class Sample>
std::optional<CacheEntry> DeliveryMemory<Sample>::known(const PlannedStream& stream, const std::string& key) const {
    if (!cache_.is_on() || stream.delivery->settings.layout == Layout::album) return {};
    return cache_.find(key);
}

template <class Sample>
std::optional<DeliveredStream> DeliveryMemory<Sample>::find(const PlannedStream& stream, const Jobs& jobs) const {
    const std::optional<CacheEntry> entry = known(stream, files_key(stream, jobs));
    if (!entry) return {};
    const Json record = unpacked(entry->record);
    if (!are_in_place(record.at("files"), stream)) return {};
    return delivered_from(record, stream);
}

template <class Sample>
std::optional<SameSound> DeliveryMemory<Sample>::find_sound(const PlannedStream& stream, const Jobs& jobs) const {
    if (stream.format.write.format == SampleFormat::lossy) return {};
    const std::optional<CacheEntry> entry = known(stream, sound_key(stream, jobs));
    if (!entry) return {};
    const Json record = unpacked(entry->record);
    SameSound sound{delivered_from(record, stream), {}};
    for (const Json& file : record.at("files"))
        sound.files.push_back({file.at("path").get<std::string>(), state_from(file)});
    return sound;
}

template class DeliveryMemory<float>;
template class DeliveryMemory<double>;

}  // namespace lathe
