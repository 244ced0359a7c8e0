// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "dsp/core/audio.h"

namespace lathe {

/// A piece of finished PCM, interleaved: integers left-justified in 32 bits, or floats; exactly one is set.
struct PcmBlock {
    const std::int32_t* integers = nullptr;
    const float* floats = nullptr;
    Frames frames = 0;
    int channels = 0;

    PcmBlock slice(Frames from, Frames count) const {
        const Frames skip = from * channels;
        return {integers ? integers + skip : nullptr, floats ? floats + skip : nullptr, count, channels};
    }
};

}  // namespace lathe
