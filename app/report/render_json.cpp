// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/render_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/render/manifest.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> value) { return value && std::isfinite(*value) ? Json(*value) : Json(nullptr); }

Json value_json(const Value& value) {
    return std::visit(
        [](const auto& v) -> Json {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::monostate>)
                return nullptr;
            else if constexpr (std::is_same_v<T, double>)
                return number(v);
            else
                return v;
        },
        value);
}

Json settings_json(Fields fields, const void* settings) {
    Json json = Json::object();
    for (const Field& field : fields) {
        const std::string name(field.name);
        if (field.kind != FieldKind::tables) {
            json[name] = value_json(field.get(settings));
            continue;
        }
        json[name] = Json::array();
        for (std::size_t i = 0; i < field.count(settings); ++i)
            json[name].push_back(settings_json(field.element_fields(), field.row(const_cast<void*>(settings), i)));
    }
    return json;
}

Json chain_json(const std::vector<ChainSlot>& chain) {
    Json json = Json::array();
    for (const ChainSlot& slot : chain) {
        if (slot.kind != ChainSlot::Kind::processor) {
            json.push_back({{"type", slot.kind == ChainSlot::Kind::gain_point ? "gain_point" : "track"}});
            continue;
        }
        Json entry{{"type", type_of(slot.entry.settings)}, {"id", slot.entry.id}};
        entry.update(settings_json(CommonSettings::fields(), &slot.entry.common));
        entry.update(settings_json(fields_of(slot.entry.settings), address_of(slot.entry.settings)));
        json.push_back(std::move(entry));
    }
    return json;
}

Json overrides_json(const std::vector<Override>& overrides) {
    Json json = Json::object();
    for (const Override& o : overrides) json[o.path] = value_json(o.value);
    return json;
}

Json track_json(const Track& track) {
    Json json{{"id", track.id}, {"number", track.number}};
    json.update(settings_json(TrackInfo::fields(), &track.info));
    json["source"] = track.source.string();
    json["chain"] = chain_json(track.chain);
    json["set"] = overrides_json(track.overrides);
    json["versions"] = Json::array();
    for (const Version& version : track.versions)
        json["versions"].push_back({{"name", version.info.name},
                                    {"source", version.source.string()},
                                    {"title", version.info.title},
                                    {"isrc", version.info.isrc},
                                    {"gain", version_gains[static_cast<std::size_t>(version.info.gain)]},
                                    {"set", overrides_json(version.overrides)}});
    json["notes"] = Json::array();
    for (const Note& note : track.notes) json["notes"].push_back(settings_json(Note::fields(), &note));
    return json;
}

}  // namespace

Json to_json(const DryRun& dry) {
    Json json{{"lathe_json", 1}, {"files", Json::array()}, {"stages", Json::array()}, {"stale", Json::array()}};
    for (const DryRun::File& f : dry.files)
        json["files"].push_back({{"path", f.path.string()},
                                 {"deliverable", f.delivery},
                                 {"master", f.master},
                                 {"version", f.version},
                                 {"track", f.track},
                                 {"format", f.format},
                                 {"sample_rate", f.sample_rate},
                                 {"bits", bits_json(f.bits)},
                                 {"loudness_lufs", number(f.loudness_lufs)},
                                 {"ceiling_dbtp", number(f.ceiling_dbtp)},
                                 {"exists", f.exists},
                                 {"listed", f.listed},
                                 {"state", file_fates[static_cast<std::size_t>(f.fate)]},
                                 {"why", f.why}});
    for (const DryRun::Stage& s : dry.stages)
        json["stages"].push_back({{"master", s.master},
                                  {"programme", s.programme},
                                  {"names", s.names},
                                  {"key", s.key},
                                  {"cached", s.cached},
                                  {"why", s.why}});
    for (const auto& file : dry.stale_files) json["stale"].push_back(file.string());
    return json;
}

Json to_json(const SolvedGains& solved) {
    Json json{{"lathe_json", 1}, {"gains", Json::array()}, {"warnings", Json::array()}};
    for (const SolvedGains::Gain& g : solved.gains)
        json["gains"].push_back({{"master", g.master},
                                 {"track", g.track},
                                 {"typed_gain_db", g.typed_db},
                                 {"solved_gain_db", g.solved_db},
                                 {"gain_db", g.typed_db + g.solved_db}});
    for (const RenderWarning& w : solved.warnings)
        json["warnings"].push_back(
            {{"code", w.code}, {"severity", w.severity}, {"track", w.track}, {"message", w.message}});
    return json;
}

Json to_json(const Verification& found) {
    Json json{{"lathe_json", 1}, {"holds", found.holds()}, {"simd", found.simd}, {"files", Json::array()}};
    for (const Verification::File& file : found.files)
        json["files"].push_back({{"path", file.path.string()},
                                 {"track", file.track},
                                 {"deliverable", file.delivery},
                                 {"verdict", verdict_names[static_cast<std::size_t>(file.verdict)]}});
    return json;
}

Json to_json(const std::vector<FileMeasurement>& files) {
    Json json{{"lathe_json", 1}, {"files", Json::array()}};
    for (const FileMeasurement& m : files) {
        Json file{{"path", m.info.path.string()},
                  {"sample_rate", m.info.sample_rate},
                  {"channels", m.info.channels},
                  {"duration_s", m.info.duration_s()},
                  {"integrated_lufs", number(m.integrated_lufs)},
                  {"momentary_max_lufs", number(m.momentary_max_lufs)},
                  {"short_term_max_lufs", number(m.short_term_max_lufs)},
                  {"loudness_range_lu", number(m.loudness_range_lu)},
                  {"true_peak_dbtp", number(m.true_peak_dbtp)},
                  {"sample_peak_dbfs", number(m.sample_peak_dbfs)},
                  {"plr_lu", number(m.plr_lu)}};
        if (m.info.channels == 1) file["dual_mono_lufs"] = number(m.dual_mono_lufs);
        file["dc_offset"] = m.dc_offset;
        file["clipped_samples"] = m.clipped_samples;
        file["correlation"] = number(m.correlation);
        file["leading_silence_s"] = m.leading_silence_s;
        file["trailing_silence_s"] = m.trailing_silence_s;
        json["files"].push_back(std::move(file));
    }
    return json;
}

Json to_json(const Album& album) {
    Json json{{"lathe_json", 1}, {"path", album.path.string()}};
    json["album"] = settings_json(AlbumInfo::fields(), &album.info);
    json["chain"] = chain_json(album.chain);
    json["tracks"] = Json::array();
    for (const Track& track : album.tracks) json["tracks"].push_back(track_json(track));
    json["references"] = Json::array();
    for (const Reference& reference : album.references) {
        Json r = settings_json(ReferenceInfo::fields(), &reference.info);
        r["source"] = reference.source.string();
        json["references"].push_back(std::move(r));
    }
    json["masters"] = Json::array();
    for (const Master& master : album.masters) {
        Json m{{"name", master.name}};
        m.update(settings_json(MasterTarget::fields(), &master.target));
        m["skip"] = master.skip;
        m["set"] = overrides_json(master.overrides);
        json["masters"].push_back(std::move(m));
    }
    json["deliverables"] = Json::array();
    for (const Delivery& delivery : album.deliveries) {
        Json d{{"name", delivery.name}};
        d.update(settings_json(DeliverSettings::fields(), &delivery.settings));
        json["deliverables"].push_back(std::move(d));
    }
    return json;
}

}  // namespace lathe
