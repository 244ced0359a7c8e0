// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/media/audio_file.h"
#include "app/media/output_file.h"

namespace lathe {

/// The tags as an ID3v2.4 tag (MP3, and the ID3 chunks of WAV and AIFF); empty if there are none.
std::string id3_tag(const Tags& tags);
/// The content of a LIST INFO chunk, "INFO" first; empty if there is nothing for it. No ISRC: INFO's `ISRC` means
/// something else.
std::string info_list(const Tags& tags);
/// Puts the tags into a finished FLAC, Vorbis or Opus file as Vorbis comments. Audio stays bit for bit. Nothing if
/// there are none.
void write_comments(OutputFile& file, Container container, const Tags& tags);

/// What id3_tag made.
Tags parse_id3_tag(std::string_view bytes);

}  // namespace lathe
