// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "app/media/audio_file.h"
#include "app/render/programme.h"
#include "app/session/album.h"

namespace lathe {

/// What the names of a delivery's files follow from.
struct NamedDelivery {
    const Delivery* delivery = nullptr;
    const Master* master = nullptr;
    std::string version;
    WriteFormat write;
};

/// Where a track goes: folder, template filled in, extension. Throws InputError for a bad template.
std::filesystem::path track_path(const Album& album, const NamedDelivery& named, const ProgrammePart& part,
                                 const std::filesystem::path& out_folder);
/// Where a file of the whole album goes. Where the template is the default one, which speaks of tracks, it is called by
/// the album's title.
std::filesystem::path album_path(const Album& album, const NamedDelivery& named,
                                 const std::filesystem::path& out_folder);

}  // namespace lathe
