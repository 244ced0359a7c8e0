// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_collisions.h"

#include <fmt/format.h>

#include <map>

#include "dsp/core/error.h"

namespace lathe {

void check_collisions(const Album& album, const DeliveryPlan& plan) {
    std::map<std::filesystem::path, std::string> owners;
    const auto claim = [&](const std::filesystem::path& path, const std::string& owner) {
        const auto [known, is_new] = owners.emplace(path, owner);
        if (!is_new)
            throw InputError(fmt::format("{}: {} and {} would both be written to {}; give one another dir or file",
                                         album.path.string(), known->second, owner, path.string()));
    };
    for (const PlannedStream& stream : plan.streams)
        for (std::size_t i = 0; i < stream.cuts.size(); ++i)
            claim(stream.cuts[i].path,
                  fmt::format("[[deliver]] {} track {}", stream.delivery->name, stream.cut_tracks[i]->id));
    for (const PlannedAlbumFile& file : plan.album_files)
        claim(file.cut.path, fmt::format("[[deliver]] {}", plan.streams[file.streams.front()].delivery->name));
    for (const Track& track : album.tracks)
        if (const auto taken = owners.find(track.source.lexically_normal()); taken != owners.end())
            throw InputError(
                fmt::format("{}: {} would overwrite {}, the source of track {}; give it another dir or file",
                            album.path.string(), taken->second, track.source.string(), track.id));
}

}  // namespace lathe
