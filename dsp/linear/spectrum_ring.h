// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/linear/block_transform.h"

namespace lathe {

/// The spectra of the last blocks of every channel. Blocks of silence are marked, and their spectra not kept.
template <class Sample>
class SpectrumRing {
public:
    SpectrumRing(Frames blocks, int channels, SpectrumShape shape)
        : blocks_(blocks),
          channels_(channels),
          spectra_(static_cast<std::size_t>(blocks * channels), AlignedVector<Sample>(shape.samples())),
          silent_(spectra_.size(), 1) {}

    Sample* spectrum(Frames block, int channel) { return spectra_[place(block, channel)].data(); }
    void mark(Frames block, int channel, bool silent) { silent_[place(block, channel)] = silent; }
    /// Null for silence, and before the first block.
    const Sample* sounding(Frames block, int channel) const {
        if (block < 0 || silent_[place(block, channel)]) return nullptr;
        return spectra_[place(block, channel)].data();
    }

private:
    std::size_t place(Frames block, int channel) const {
        return static_cast<std::size_t>(block % blocks_ * channels_ + channel);
    }
    Frames blocks_;
    int channels_;
    std::vector<AlignedVector<Sample>> spectra_;
    std::vector<char> silent_;  // not vector<bool>: workers write neighbours at once
};

}  // namespace lathe
