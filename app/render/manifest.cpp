// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

/// A value that does not exist, or is infinite, is null.
Json number(std::optional<double> value) { return value && std::isfinite(*value) ? Json(*value) : Json(nullptr); }

Json deliverable_json(const DeliverableResult& d) {
    const FileMeasurement& m = d.measured;
    Json json{{"name", d.name},          {"master", d.master}, {"version", d.version},
              {"path", d.path.string()}, {"format", d.format}, {"sample_rate", d.sample_rate}};
    json["bits"] = bits_json(d.bits);
    json["channels"] = d.channels;
    json["duration_s"] = d.duration_s;
    json["gain_db"] = d.gain_db;
    json["solved_gain_db"] = d.solved_gain_db;
    json["ceiling_dbtp"] = number(d.ceiling_dbtp);
    json["ceiling_repair_db"] = d.ceiling_repair_db;
    json["limiter_max_reduction_db"] = d.limiter.max_reduction_db;
    json["limiter_mean_reduction_db"] = d.limiter.mean_reduction_db;
    json["limiter_active_share"] = d.limiter.active_share;
    json["residual_rms_dbfs"] = number(d.certificate.rms_dbfs);
    json["residual_peak_dbfs"] = number(d.certificate.peak_dbfs);
    json["residual_samples"] = d.certificate.samples;
    json["integrated_lufs"] = number(m.integrated_lufs);
    json["short_term_max_lufs"] = number(m.short_term_max_lufs);
    json["true_peak_dbtp"] = number(m.true_peak_dbtp);
    json["sample_peak_dbfs"] = number(m.sample_peak_dbfs);
    json["loudness_range_lu"] = number(m.loudness_range_lu);
    json["plr_lu"] = number(m.plr_lu);
    json["sha256"] = d.sha256;
    json["audio_sha256"] = d.audio_sha256;
    json["stale"] = d.stale;
    return json;
}

Json deliverables_json(const std::vector<DeliverableResult>& list) {
    Json json = Json::array();
    for (const DeliverableResult& d : list) json.push_back(deliverable_json(d));
    return json;
}

Json paths_json(const std::vector<std::filesystem::path>& paths) {
    Json json = Json::array();
    for (const auto& path : paths) json.push_back(path.string());
    return json;
}

bool contains(const std::vector<std::filesystem::path>& list, const std::filesystem::path& path) {
    return std::find(list.begin(), list.end(), path) != list.end();
}

/// Takes over into `list` the entries of `old` whose file is kept and that `list` does not have.
void take_over(Json& list, const Json& old, const std::vector<std::filesystem::path>& kept,
               const std::vector<std::filesystem::path>& stale) {
    for (const Json& entry : old) {
        const std::filesystem::path path = entry.value("path", "");
        const auto same = [&](const Json& made) { return made["path"] == entry["path"]; };
        if (!contains(kept, path) || std::any_of(list.begin(), list.end(), same)) continue;
        list.push_back(entry);
        list.back()["stale"] = contains(stale, path);
    }
}

void take_over_tracks(Json& document, const Json& last, const std::vector<std::filesystem::path>& kept,
                      const std::vector<std::filesystem::path>& stale) {
    for (const Json& old : last.value("tracks", Json::array())) {
        Json* track = nullptr;
        for (Json& candidate : document["tracks"])
            if (candidate["id"] == old["id"]) track = &candidate;
        if (track) {
            take_over((*track)["deliverables"], old.value("deliverables", Json::array()), kept, stale);
            continue;
        }
        Json gone = old;
        gone["deliverables"] = Json::array();
        take_over(gone["deliverables"], old.value("deliverables", Json::array()), kept, stale);
        if (!gone["deliverables"].empty()) document["tracks"].push_back(std::move(gone));
    }
    take_over(document["album"]["deliverables"],
              last.value("album", Json::object()).value("deliverables", Json::array()), kept, stale);
}

/// Takes over what this render had nothing to do with.
void take_over_programmes(Json& programmes, const Json& last) {
    for (const Json& old : last) {
        const auto same = [&](const Json& now) {
            return now["master"] == old.value("master", "") && now["programme"] == old.value("programme", "");
        };
        if (std::none_of(programmes.begin(), programmes.end(), same)) programmes.push_back(old);
    }
}

}  // namespace

Json bits_json(const std::string& bits) {
    return bits.empty() ? Json(nullptr) : bits == "float" ? Json("float") : Json(std::stoi(bits));
}

Json to_json(const RenderResult& result) {
    Json json{{"lathe_json", 1}};
    json["album"] = {{"title", result.album_title},
                     {"integrated_lufs", number(result.album_integrated_lufs)},
                     {"true_peak_dbtp", number(result.album_true_peak_dbtp)},
                     {"loudness_range_lu", number(result.album_loudness_range_lu)},
                     {"duration_s", result.album_duration_s},
                     {"deliverables", deliverables_json(result.album_files)}};
    json["tracks"] = Json::array();
    for (const TrackResult& track : result.tracks)
        json["tracks"].push_back({{"id", track.id},
                                  {"number", track.number},
                                  {"title", track.title},
                                  {"source", track.source},
                                  {"input_db", track.input_db},
                                  {"gain_db", track.gain_db},
                                  {"deliverables", deliverables_json(track.deliverables)}});
    json["engine"] = {{"version", LATHE_VERSION},
                      {"device", result.device},
                      {"threads", result.threads},
                      {"simd", result.simd},
                      {"precision", result.precision}};
    Json stages = Json::array();
    for (const StageTiming& stage : result.stages)
        stages.push_back({{"name", stage.name}, {"busy_s", stage.busy_s}, {"cached", stage.cached}});
    json["timing"] = {{"wall_s", result.wall_s},
                      {"audio_s", result.audio_s},
                      {"realtime_factor", result.wall_s > 0 ? Json(result.audio_s / result.wall_s) : Json(nullptr)},
                      {"stages", std::move(stages)}};
    json["warnings"] = Json::array();
    for (const RenderWarning& w : result.warnings)
        json["warnings"].push_back({{"code", w.code},
                                    {"severity", w.severity},
                                    {"track", w.track},
                                    {"deliverable", w.deliverable},
                                    {"time_s", number(w.time_s)},
                                    {"message", w.message}});
    json["files_in_place"] = result.files_in_place;
    json["files_retagged"] = result.files_retagged;
    json["programmes"] = Json::array();
    for (const ProgrammeOrigin& origin : result.origins)
        json["programmes"].push_back({{"master", origin.master},
                                      {"programme", origin.programme},
                                      {"cached", origin.cached},
                                      {"why", origin.why},
                                      {"source", origin.key.source},
                                      {"settings", origin.key.settings},
                                      {"program", origin.key.program}});
    json["manifest"] = result.manifest.string();
    json["stale"] = paths_json(result.stale_files);
    json["pruned"] = paths_json(result.pruned_files);
    return json;
}

Manifest::Manifest(const std::filesystem::path& folder) : path_(folder / "lathe.json") {
    if (!std::filesystem::exists(path_)) return;
    last_ = read_text_file(path_);
    const Json json = Json::parse(last_, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("files") || !json["files"].is_array())
        throw InputError(fmt::format(
            "{}: is not a manifest of a render; move it away or choose another folder with --out", path_.string()));
    for (const Json& file : json["files"])
        if (file.is_string()) files_.push_back((folder / file.get<std::string>()).lexically_normal());
}

bool Manifest::lists(const std::filesystem::path& file) const { return contains(files_, file); }

std::vector<std::filesystem::path> Manifest::no_longer_made(const std::vector<std::filesystem::path>& planned) const {
    std::vector<std::filesystem::path> stale;
    for (const std::filesystem::path& file : files_)
        if (!contains(planned, file) && std::filesystem::exists(file)) stale.push_back(file);
    return stale;
}

Json Manifest::document() const {
    Json json = last_.empty() ? Json() : Json::parse(last_);
    return json.contains("tracks") ? json : Json();
}

std::filesystem::path Manifest::place_of(const std::string& path) const {
    // The document's paths are absolute; the list of files is relative to the manifest.
    for (const std::filesystem::path& file : files_)
        if (path.ends_with("/" + file.lexically_relative(path_.parent_path()).string())) return file;
    return path;
}

std::vector<ListedDeliverable> Manifest::deliverables() const {
    std::vector<ListedDeliverable> list;
    const Json json = document();
    if (json.is_null()) return list;
    const auto add = [&](const std::string& track, const Json& entries) {
        for (const Json& entry : entries)
            list.push_back({track, entry.value("name", ""), entry.value("master", ""), entry.value("version", ""),
                            place_of(entry.value("path", "")), entry.value("sha256", "")});
    };
    for (const Json& track : json["tracks"]) add(track.value("id", ""), track.value("deliverables", Json::array()));
    add("", json.value("album", Json::object()).value("deliverables", Json::array()));
    return list;
}

Recipe Manifest::recipe() const {
    const Json json = last_.empty() ? Json::object() : Json::parse(last_);
    if (!json.contains("recipe"))
        throw InputError(fmt::format("{}: does not say what it was made from; render the album again", path_.string()));
    const Json& written = json["recipe"];
    Recipe recipe{written.value("album", ""), written.value("text", ""), {}};
    for (const Json& input : written.value("inputs", Json::array()))
        recipe.inputs.push_back({input.value("path", ""), input.value("hash", "")});
    return recipe;
}

std::string Manifest::engine(const std::string& key) const {
    if (last_.empty()) return "";
    return Json::parse(last_).value("engine", Json::object()).value(key, "");
}

std::string Manifest::why_rendered(const ProgrammeOrigin& origin) const {
    const Json programmes = last_.empty() ? Json::array() : Json::parse(last_).value("programmes", Json::array());
    for (const Json& last : programmes) {
        if (last.value("master", "") != origin.master || last.value("programme", "") != origin.programme) continue;
        if (last.value("source", "") != origin.key.source) return "its source, trim or input gain changed";
        if (last.value("settings", "") != origin.key.settings) return "its settings up to the gain point changed";
        if (last.value("program", "") != origin.key.program) return "another build, precision or instruction set";
        return "no longer in the cache";
    }
    return "not rendered into this folder before";
}

void Manifest::check_overwrites(const std::vector<std::filesystem::path>& planned) const {
    for (const std::filesystem::path& file : planned)
        if (std::filesystem::exists(file) && !lists(file))
            throw InputError(
                fmt::format("{}: is in the way and was not made by the last render here; move it away, or overwrite it "
                            "with --force",
                            file.string()));
}

void Manifest::announce(const std::vector<std::filesystem::path>& planned) const {
    Json json = last_.empty() ? Json{{"lathe_json", 1}} : Json::parse(last_);
    std::vector<std::filesystem::path> all = files_;
    for (const auto& file : planned)
        if (!contains(all, file)) all.push_back(file);
    json["files"] = Json::array();
    for (const auto& file : all) json["files"].push_back(file.lexically_relative(path_.parent_path()).string());
    write_text_file(path_, json.dump(2) + "\n");
}

void Manifest::settle(const std::vector<std::filesystem::path>& planned) const {
    std::vector<std::filesystem::path> there;
    for (const auto& file : planned)
        if (std::filesystem::exists(file)) there.push_back(file);
    if (last_.empty() && there.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
        return;
    }
    announce(there);
}

void Manifest::write(const RenderResult& result, const std::vector<std::filesystem::path>& kept) const {
    Json json = to_json(result);
    json["recipe"] = {{"album", result.recipe.album.string()}, {"text", result.recipe.text}, {"inputs", Json::array()}};
    for (const InputFile& input : result.recipe.inputs)
        json["recipe"]["inputs"].push_back({{"path", input.path.string()}, {"hash", input.hash}});
    if (!last_.empty()) {
        const Json last = Json::parse(last_);
        take_over_tracks(json, last, kept, result.stale_files);
        take_over_programmes(json["programmes"], last.value("programmes", Json::array()));
    }
    json["files"] = Json::array();
    for (const auto& file : kept) json["files"].push_back(file.lexically_relative(path_.parent_path()).string());
    write_text_file(path_, json.dump(2) + "\n");
}

}  // namespace lathe
