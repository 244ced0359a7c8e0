// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/media/audio_file.h"
#include "app/render/programme.h"
#include "app/session/album.h"

namespace lathe {

/// What the tags of a file that holds the whole album say, at that level.
Tags album_tags(const Album& album, MetadataLevel level);
/// Of a file that holds one track, or a version of it.
Tags track_tags(const Album& album, MetadataLevel level, const ProgrammePart& part);
/// The version's own title, or the track's.
const std::string& title_of(const ProgrammePart& part);
/// The version's own ISRC, or the track's.
const std::string& isrc_of(const ProgrammePart& part);

}  // namespace lathe
