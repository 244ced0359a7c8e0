// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/last_render.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/render/manifest.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

std::optional<double> number(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() || !found->is_number() ? std::nullopt : std::optional(found->get<double>());
}

std::string bits_text(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    return json.is_number() ? std::to_string(json.get<int>()) : "";
}

DeliverableResult deliverable_from(const Json& json, const Manifest& manifest) {
    DeliverableResult d;
    d.name = json.value("name", "");
    d.master = json.value("master", "");
    d.version = json.value("version", "");
    d.path = manifest.place_of(json.value("path", ""));
    d.format = json.value("format", "");
    d.sample_rate = json.value("sample_rate", 0);
    d.bits = bits_text(json.value("bits", Json()));
    d.channels = json.value("channels", 0);
    d.duration_s = json.value("duration_s", 0.0);
    d.gain_db = json.value("gain_db", 0.0);
    d.solved_gain_db = json.value("solved_gain_db", 0.0);
    d.ceiling_dbtp = number(json, "ceiling_dbtp");
    d.ceiling_repair_db = json.value("ceiling_repair_db", 0.0);
    d.limiter = {json.value("limiter_max_reduction_db", 0.0), json.value("limiter_mean_reduction_db", 0.0),
                 json.value("limiter_active_share", 0.0)};
    d.measured.integrated_lufs = number(json, "integrated_lufs");
    d.measured.short_term_max_lufs = number(json, "short_term_max_lufs");
    d.measured.true_peak_dbtp = number(json, "true_peak_dbtp");
    d.measured.sample_peak_dbfs = number(json, "sample_peak_dbfs");
    d.measured.loudness_range_lu = number(json, "loudness_range_lu");
    d.measured.plr_lu = number(json, "plr_lu");
    d.sha256 = json.value("sha256", "");
    d.audio_sha256 = json.value("audio_sha256", "");
    d.stale = json.value("stale", false);
    return d;
}

std::vector<DeliverableResult> deliverables_from(const Json& json, const Manifest& manifest) {
    std::vector<DeliverableResult> list;
    for (const Json& entry : json.value("deliverables", Json::array()))
        list.push_back(deliverable_from(entry, manifest));
    return list;
}

}  // namespace

RenderResult last_render(const std::filesystem::path& folder) {
    const Manifest manifest(folder);
    const Json json = manifest.document();
    if (json.is_null())
        throw InputError(
            fmt::format("{}: nothing was rendered there yet; run lathe render first, or name the folder of its "
                        "deliverables",
                        manifest.path().string()));
    RenderResult result;
    result.manifest = manifest.path();
    result.recipe = manifest.recipe();
    const Json album = json.value("album", Json::object());
    result.album_title = album.value("title", "");
    result.album_integrated_lufs = number(album, "integrated_lufs");
    result.album_true_peak_dbtp = number(album, "true_peak_dbtp");
    result.album_loudness_range_lu = number(album, "loudness_range_lu");
    result.album_duration_s = album.value("duration_s", 0.0);
    result.album_files = deliverables_from(album, manifest);
    for (const Json& track : json["tracks"])
        result.tracks.push_back({track.value("id", ""), track.value("title", ""), track.value("source", ""),
                                 track.value("number", 0), track.value("input_db", 0.0), track.value("gain_db", 0.0),
                                 deliverables_from(track, manifest)});
    for (const Json& w : json.value("warnings", Json::array()))
        result.warnings.push_back({w.value("code", ""), w.value("severity", ""), w.value("track", ""),
                                   w.value("deliverable", ""), number(w, "time_s"), w.value("message", "")});
    return result;
}

}  // namespace lathe
