// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "app/media/chunks.h"
#include "app/media/input_file.h"
#include "dsp/core/audio.h"

namespace lathe {

/// How long an MPEG audio file is. libsndfile estimates it where no header says so, and never reads past its estimate.
struct MpegLength {
    std::optional<DataExtent> extent;  ///< where a Xing, Info or VBRI header gives the bytes
    Frames frames = 0;                 ///< without such a header: counted, encoder delay and padding included
};
/// Nothing if the file is no MPEG audio.
std::optional<MpegLength> mpeg_length(const InputFile& file);

}  // namespace lathe
