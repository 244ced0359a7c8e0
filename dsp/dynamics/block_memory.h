// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "dsp/core/audio.h"

namespace lathe {

/// One block of one signal behind the last frames of the block before it, as windows and recursions read it.
template <class Sample>
class BlockMemory {
public:
    /// before: frames of the past that are kept; silence at first.
    BlockMemory(Frames block, Frames before)
        : block_(block),
          before_(before),
          front_((before + 15) / 16 * 16),
          samples_(static_cast<std::size_t>(front_ + block)) {}

    template <class Other>
    explicit BlockMemory(const BlockMemory<Other>& other)
        : block_(other.block_),
          before_(other.before_),
          front_(other.front_),
          samples_(other.samples_.begin(), other.samples_.end()) {}

    /// The current block; the frames before it lie at negative indices.
    Sample* block() { return samples_.data() + front_; }
    const Sample* block() const { return samples_.data() + front_; }
    /// The current block becomes the past.
    void advance() {
        Sample* start = block() - before_;
        std::copy(start + block_, start + block_ + before_, start);
    }

private:
    template <class Other>
    friend class BlockMemory;
    Frames block_, before_, front_;
    AlignedVector<Sample> samples_;
};

}  // namespace lathe
