// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/media/audio_file.h"
#include "app/render/file_state.h"
#include "dsp/linear/impulse_response.h"

namespace lathe {

/// A source file as an album uses it: what it holds, and a hash of its bytes.
struct SourceFile {
    FileState state;  ///< before it was looked at
    AudioInfo info;
    std::string hash;
};

/// An impulse response file, as it is, and a hash of its bytes.
struct ResponseFile {
    FileState state;  ///< before it was looked at
    ImpulseResponse response;
    std::string hash;
};

}  // namespace lathe
