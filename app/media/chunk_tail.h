// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "app/media/output_file.h"

namespace lathe {

/// Room that a WAV file starts with, before what libsndfile writes. finish_wav() fills these bytes and the 12 after
/// them with the RIFF header and a chunk that RF64 needs to be first.
constexpr std::int64_t wav_room = 36;

/// Completes a WAV file that libsndfile wrote from wav_room on: appends the text, then writes its header, plain RIFF or
/// past 4 GiB RF64 (EBU Tech 3306). info and id3 may be empty.
void finish_wav(OutputFile& file, std::string_view info, std::string_view id3);

/// Appends an ID3 chunk to a finished AIFF file and corrects its size.
void finish_aiff(OutputFile& file, std::string_view id3);

}  // namespace lathe
