// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_tags.h"

namespace lathe {
namespace {

/// Those that albums and tracks share.
Tags shared_tags(const Album& album, MetadataLevel level) {
    Tags tags;
    if (level == MetadataLevel::none) return tags;
    const AlbumInfo& info = album.info;
    tags.artist = info.artist;
    tags.album = info.title;
    tags.date = info.date;
    tags.genre = info.genre;
    if (level == MetadataLevel::basic) return tags;
    tags.album_artist = info.album_artist;
    tags.upc = info.upc;
    tags.catalog = info.catalog;
    tags.label = info.label;
    tags.copyright = info.copyright;
    tags.comment = info.comment;
    tags.disc = info.disc;
    return tags;
}

}  // namespace

const std::string& title_of(const ProgrammePart& part) {
    return part.version ? part.version->info.title : part.track->info.title;
}

const std::string& isrc_of(const ProgrammePart& part) {
    return part.version && !part.version->info.isrc.empty() ? part.version->info.isrc : part.track->info.isrc;
}

Tags album_tags(const Album& album, MetadataLevel level) {
    Tags tags = shared_tags(album, level);
    if (level != MetadataLevel::none) tags.title = album.info.title;
    return tags;
}

Tags track_tags(const Album& album, MetadataLevel level, const ProgrammePart& part) {
    Tags tags = shared_tags(album, level);
    if (level == MetadataLevel::none) return tags;
    const TrackInfo& info = part.track->info;
    tags.title = title_of(part);
    if (!info.artist.empty()) tags.artist = info.artist;
    tags.track_number = part.track->number;
    tags.track_count = static_cast<int>(album.tracks.size());
    tags.isrc = isrc_of(part);
    if (level == MetadataLevel::basic) return tags;
    tags.composer = info.composer;
    if (!info.comment.empty()) tags.comment = info.comment;
    if (info.disc > 0) tags.disc = info.disc;
    return tags;
}

}  // namespace lathe
