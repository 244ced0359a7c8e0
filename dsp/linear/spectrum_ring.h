// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/linear/spectra.h"

namespace lathe {

/// The spectra of the last blocks of every pair of channels, and which channels were silent in them.
template <class Sample>
class SpectrumRing {
public:
    SpectrumRing(Frames blocks, std::size_t pairs, std::size_t spectrum_samples)
        : blocks_(blocks),
          pairs_(pairs),
          spectra_(static_cast<std::size_t>(blocks) * pairs, spectrum_samples),
          silence_(spectrum_samples),
          sounding_(static_cast<std::size_t>(blocks) * pairs * 2, 0) {}

    Sample* spectrum(Frames block, std::size_t pair) { return spectra_[place(block, pair)]; }
    /// member: 0 or 1, the first or the second channel of a pair.
    void mark(Frames block, std::size_t pair, int member, bool sounds) {
        sounding_[2 * place(block, pair) + static_cast<std::size_t>(member)] = sounds;
    }
    bool sounds(Frames block, std::size_t pair, int member) const {
        return block >= 0 && sounding_[2 * place(block, pair) + static_cast<std::size_t>(member)];
    }
    const Sample* silence() const { return silence_.data(); }  ///< the spectrum of nothing
    /// Null where both channels are silent, and before the first block.
    const Sample* sounding(Frames block, std::size_t pair) const {
        if (!sounds(block, pair, 0) && !sounds(block, pair, 1)) return nullptr;
        return spectra_[place(block, pair)];
    }

private:
    std::size_t place(Frames block, std::size_t pair) const {
        return static_cast<std::size_t>(block % blocks_) * pairs_ + pair;
    }
    Frames blocks_;
    std::size_t pairs_;
    Spectra<Sample> spectra_;
    AlignedVector<Sample> silence_;
    std::vector<char> sounding_;  // not vector<bool>: workers write neighbours at once
};

}  // namespace lathe
