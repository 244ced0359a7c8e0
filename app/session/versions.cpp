// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/versions.h"

#include <algorithm>

namespace lathe {

std::vector<std::string> version_names(const Album& album) {
    std::vector<std::string> names{"main"};
    for (const Track& track : album.tracks)
        for (const Version& version : track.versions)
            if (std::find(names.begin(), names.end(), version.info.name) == names.end())
                names.push_back(version.info.name);
    return names;
}

const Version* find_version(const Track& track, std::string_view name) {
    const auto at = std::find_if(track.versions.begin(), track.versions.end(),
                                 [&](const Version& version) { return version.info.name == name; });
    return at == track.versions.end() ? nullptr : &*at;
}

Track as_version(Track track, std::string_view name) {
    const Version* const version = find_version(track, name);
    if (!version) return track;
    if (!version->source.empty()) track.source = version->source;
    track.info.title = version->info.title;
    track.info.start = version->info.start.value_or(track.info.start);
    if (version->info.end) track.info.end = version->info.end;
    if (!version->info.isrc.empty()) track.info.isrc = version->info.isrc;
    return track;
}

}  // namespace lathe
