// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "dsp/core/audio.h"

namespace lathe {

/// Cuts a stream into blocks of one length on a fixed grid from frame 0, however it was cut before: what is computed
/// block by block then has the same bits at any cut.
template <class Sample>
class BlockGrid {
public:
    BlockGrid(int channels, Frames block) : held_(channels, block) {}

    /// Calls use(AudioView<const Sample>) for every block that is now complete, in order.
    template <class Use>
    void push(AudioView<const Sample> in, Use&& use) {
        const Frames block = held_.frames();
        Frames at = 0;
        while (at < in.frames) {
            if (count_ == 0 && in.frames - at >= block) {
                use(in.slice(at, block));
                at += block;
                continue;
            }
            const Frames taken = std::min(block - count_, in.frames - at);
            copy_audio<Sample>(in.slice(at, taken), held_.view().slice(count_, taken));
            at += taken;
            count_ += taken;
            if (count_ == block) {
                use(AudioView<const Sample>(held_.view()));
                count_ = 0;
            }
        }
    }
    /// The frames behind the last whole block, perhaps none.
    AudioView<const Sample> rest() const { return held_.view().slice(0, count_); }

private:
    AudioBuffer<Sample> held_;
    Frames count_ = 0;
};

}  // namespace lathe
