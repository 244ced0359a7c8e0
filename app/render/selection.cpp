// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsp/core/error.h"

namespace lathe {

std::vector<std::string> selected_track_ids(const Album& album, const std::vector<std::string>& names) {
    std::vector<std::string> ids;
    std::vector<std::string_view> known;
    for (const Track& track : album.tracks) known.push_back(track.id);
    for (const std::string& name : names) {
        const auto by = [&](auto same) { return std::find_if(album.tracks.begin(), album.tracks.end(), same); };
        auto track = by([&](const Track& t) { return t.id == name; });
        if (track == album.tracks.end()) track = by([&](const Track& t) { return std::to_string(t.number) == name; });
        if (track == album.tracks.end()) {
            const std::string near = nearest_name(name, known);
            throw InputError(fmt::format("--track: no track \"{}\"{} ({}, or positions 1 to {})", name,
                                         near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                         fmt::join(known, ", "), album.tracks.size()));
        }
        ids.push_back(track->id);
    }
    return ids;
}

std::vector<const Delivery*> selected_deliveries(const Album& album, const std::vector<std::string>& names) {
    std::vector<std::string_view> known;
    for (const Delivery& delivery : album.deliveries) known.push_back(delivery.name);
    for (const std::string& name : names) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string near = nearest_name(name, known);
        throw InputError(fmt::format("--deliver: no delivery \"{}\"{} ({})", name,
                                     near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                     fmt::join(known, ", ")));
    }
    std::vector<const Delivery*> selected;
    for (const Delivery& delivery : album.deliveries)
        if (names.empty() || std::find(names.begin(), names.end(), delivery.name) != names.end())
            selected.push_back(&delivery);
    return selected;
}

}  // namespace lathe
