// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "app/media/audio_file.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {

/// Calls use(AudioView<const float>) with a file's frames in order, in pieces of so many, and reads the next piece
/// meanwhile. Rethrows what reading or use throws; throws Cancelled between pieces.
template <class Use>
void read_ahead(AudioReader& reader, Frames piece_frames, const Cancel& cancel, Use use) {
    AudioBuffer<float> piece(reader.info().channels, piece_frames), next(reader.info().channels, piece_frames);
    Frames frames = reader.read(piece.view());
    while (frames > 0) {
        cancel.check();
        Frames coming = 0;
        at_once([&] { coming = reader.read(next.view()); }, [&] { use(std::as_const(piece).view().slice(0, frames)); });
        std::swap(piece, next);
        frames = coming;
    }
}

}  // namespace lathe
