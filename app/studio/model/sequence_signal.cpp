// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/sequence_signal.h"

#include <algorithm>
#include <utility>

namespace lathe {

SequenceSignal::SequenceSignal(std::vector<Part> parts) : parts_(std::move(parts)) {
    for (const Part& part : parts_) channels_ = std::max(channels_, part.signal->channels());
}

Frames SequenceSignal::frames() const {
    Frames end = 0;
    for (const Part& part : parts_) end = std::max(end, part.at + part.signal->frames());
    return end;
}

/// A part of one channel is heard on all.
void SequenceSignal::read(Frames from, AudioView<float> out) const {
    for (int c = 0; c < out.channels; ++c) std::fill_n(out.channel(c), out.frames, 0.0f);
    for (const auto& [signal, at] : parts_) {
        AudioBuffer<float> part(signal->channels(), out.frames);
        signal->read(from - at, part.view());
        for (int c = 0; c < out.channels; ++c) {
            const float* const in = std::as_const(part).channel(std::min(c, part.channels() - 1));
            for (Frames n = 0; n < out.frames; ++n) out.channel(c)[n] += in[n];
        }
    }
}

}  // namespace lathe
