// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/track_reader.h"

#include <fmt/format.h>

#include "app/session/chain_reader.h"
#include "app/session/overrides.h"
#include "app/session/reserved.h"

namespace lathe {
namespace {

Version read_version(const toml::table& table, const Track& track, const ChainPair& chains, const Album& album,
                     const Place& track_place) {
    Version version;
    version.source = track.source;
    version.line = line_of(table);
    const auto name = table["name"].value<std::string>();
    const Place place = track_place.within(
        fmt::format(", [[track.version]] {}", name.value_or(std::to_string(track.versions.size() + 1))));
    read_table(table, {{{VersionInfo::fields(), &version.info}}, {"set"}, {}}, place);
    if (!name) place.fail(version.line, "needs a name, as name = \"instrumental\"");
    check_name("name", *name, line_of(table, "name"), place);
    if (*name == "main") place.fail(line_of(table, "name"), "\"main\" is the track itself");
    for (const Version& other : track.versions)
        if (other.info.name == *name)
            place.fail(line_of(table, "name"), fmt::format("two versions are named \"{}\"", *name));
    if (!version.info.source.empty()) version.source = resolved_path(album, version.info.source);
    if (version.info.title.empty()) version.info.title = fmt::format("{} ({})", track.info.title, *name);
    const std::optional<TimePoint> end = version.info.end ? version.info.end : track.info.end;
    check_times(version.info.start.value_or(track.info.start), end,
                line_of(table, table.contains("end") ? "end" : "start"), place);
    if (const toml::table* set = table_of(table, "set", place))
        version.overrides =
            read_overrides(*set, chains, track_place.within(fmt::format(", [track.version.set] of {}", *name)));
    return version;
}

Track read_track(const toml::table& table, int number, const Album& album, const Place& album_place) {
    Track track;
    track.id = std::to_string(number);
    track.number = number;
    track.line = line_of(table);
    const Place place = album_place.within("[[track]] " + table["id"].value_or(track.id));
    const TableShape shape{{{Track::fields(), &track}, {TrackInfo::fields(), &track.info}},
                           {"chain", "set", "version", "note"},
                           reserved_in_track};
    read_table(table, shape, place);
    check_name("id", track.id, line_of(table, "id"), place);
    if (track.info.source.empty()) place.fail(line_of(table, "source"), "needs a source, as source = \"one.wav\"");
    track.source = resolved_path(album, track.info.source);
    if (track.info.title.empty()) track.info.title = title_of_source(track.source);
    if (track.info.artist.empty()) track.info.artist = album.info.artist;
    check_times(track.info.start, track.info.end, line_of(table, "end"), place);

    track.chain = read_chain(tables_of(table, "chain", place), ", [[track.chain]]", false, place);
    const ChainPair chains{album.chain, track.chain};
    if (const toml::table* set = table_of(table, "set", place))
        track.overrides = read_overrides(*set, chains, place.within(", [track.set]"));
    for (const toml::table* version : tables_of(table, "version", place))
        track.versions.push_back(read_version(*version, track, chains, album, place));
    for (const toml::table* note : tables_of(table, "note", place)) {
        Note& read = track.notes.emplace_back();
        read_table(*note, {{{Note::fields(), &read}}, {}, {}},
                   place.within(fmt::format(", [[track.note]] {}", track.notes.size())));
    }
    return track;
}

}  // namespace

std::vector<Track> read_tracks(std::span<const toml::table* const> tables, const Album& album, const Place& place) {
    std::vector<Track> tracks;
    for (const toml::table* table : tables) {
        tracks.push_back(read_track(*table, static_cast<int>(tracks.size()) + 1, album, place));
        for (std::size_t i = 0; i + 1 < tracks.size(); ++i)
            if (tracks[i].id == tracks.back().id)
                place.within("[[track]] " + tracks.back().id)
                    .fail(line_of(*table, "id"),
                          fmt::format("track {} has the id \"{}\" already", i + 1, tracks[i].id));
    }
    return tracks;
}

void check_times(const TimePoint& start, const std::optional<TimePoint>& end, int line, const Place& place) {
    if (!end || (start.samples >= 0) != (end->samples >= 0)) return;
    const bool in_order = start.samples >= 0 ? end->samples > start.samples : end->seconds > start.seconds;
    if (!in_order && !place.is_draft)
        place.fail(line, fmt::format("end ({}) must lie behind start ({})", to_text(*end), to_text(start)));
}

std::string title_of_source(const std::filesystem::path& source) {
    const std::string stem = source.stem().string();
    const std::size_t digits = stem.find_first_not_of("0123456789");
    if (digits == std::string::npos || digits == 0 || digits > 3) return stem;
    const std::size_t title = stem.find_first_not_of(" -_.", digits);
    return title == std::string::npos || title == digits ? stem : stem.substr(title);
}

}  // namespace lathe
