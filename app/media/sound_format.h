// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sndfile.h>

#include <string>

#include "app/media/audio_file.h"

/// Between libsndfile's names and ours.
namespace lathe {

std::string container_name(int sndfile_format);   ///< "wav", "rf64", "aiff", "flac", "vorbis", "opus", "mp3", …
SampleFormat sample_format(int sndfile_format);   ///< lossy for all coded audio that is no copy of integers
bool is_coded(int sndfile_format);                ///< whatever is not samples one after another
SF_INFO sndfile_info(const WriteFormat& format);  ///< what sf_open takes to write it

/// libsndfile's message in the middle of a sentence: first letter small, no full stop, one line.
std::string plain_words(const char* message);

}  // namespace lathe
