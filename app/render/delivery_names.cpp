// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_names.h"

#include <algorithm>

#include "app/render/delivery_format.h"
#include "app/render/delivery_tags.h"
#include "app/render/file_names.h"

namespace lathe {
namespace {

TemplateWords album_words(const Album& album, const NamedDelivery& named) {
    const AlbumInfo& info = album.info;
    return {{"title", info.title},
            {"album", info.title},
            {"artist", info.artist},
            {"version", named.version},
            {"disc", std::to_string(std::max(1, info.disc))},
            {"side", ""},
            {"isrc", ""},
            {"upc", info.upc},
            {"catalog", info.catalog},
            {"revision", info.revision},
            {"master", named.master->name},
            {"rate", std::to_string(named.write.sample_rate)},
            {"bits", bits_text(named.write.format)},
            {"date", info.date}};
}

std::filesystem::path place(const NamedDelivery& named, const std::filesystem::path& out_folder,
                            const std::string& name) {
    const DeliverSettings& settings = named.delivery->settings;
    return (out_folder / settings.dir / (name + extension_of(settings.format))).lexically_normal();
}

}  // namespace

std::filesystem::path track_path(const Album& album, const NamedDelivery& named, const ProgrammePart& part,
                                 const std::filesystem::path& out_folder) {
    const TrackInfo& info = part.track->info;
    TemplateWords words = album_words(album, named);
    words["title"] = title_of(part);
    if (!info.artist.empty()) words["artist"] = info.artist;
    words["isrc"] = isrc_of(part);
    words["side"] = info.side;
    if (info.disc > 0) words["disc"] = std::to_string(info.disc);
    return place(named, out_folder, file_name_from(named.delivery->settings.file, words, part.track->number));
}

std::filesystem::path album_path(const Album& album, const NamedDelivery& named,
                                 const std::filesystem::path& out_folder) {
    static const DeliverSettings defaults;
    const std::string& pattern = named.delivery->settings.file;
    const std::string used = pattern == defaults.file ? (album.info.title.empty() ? "album" : "{title}") : pattern;
    return place(named, out_folder, file_name_from(used, album_words(album, named), 0));
}

}  // namespace lathe
