// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "app/media/audio_file.h"
#include "app/render/pcm_block.h"

namespace lathe {

/// Calls put(PcmBlock) with the reader's next `frames` frames, or as many as it has, untouched: as integers or as
/// floats. Returns how many came.
template <class Put>
Frames copy_pcm(AudioReader& reader, bool integers, Frames frames, const Cancel& cancel, Put put) {
    constexpr Frames piece_frames = 1 << 16;
    const int channels = reader.info().channels;
    const auto samples = static_cast<std::size_t>(piece_frames * channels);
    std::vector<std::int32_t> ints(integers ? samples : 0);
    std::vector<float> floats(integers ? 0 : samples);
    AudioBuffer<float> planar(channels, integers ? 0 : piece_frames);
    for (Frames done = 0; done < frames;) {
        cancel.check();
        const Frames wanted = std::min(piece_frames, frames - done);
        const Frames n =
            integers ? reader.read_integers(ints.data(), wanted) : reader.read(planar.view().slice(0, wanted));
        for (int c = 0; !integers && c < channels; ++c)
            for (Frames i = 0; i < n; ++i) floats[static_cast<std::size_t>(i * channels + c)] = planar.channel(c)[i];
        put(PcmBlock{integers ? ints.data() : nullptr, integers ? nullptr : floats.data(), n, channels});
        done += n;
        if (n < wanted) return done;
    }
    return frames;
}

}  // namespace lathe
