// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"

namespace lathe {

/// Many spectra of one size, laid out to be read side by side: a sum of products reads the same bins of dozens of them,
/// which would fight for the same lines of the cache if all spectra began at a multiple of a page. Unset when made.
template <class Sample>
class Spectra {
public:
    Spectra(std::size_t count, std::size_t samples)
        : stride_(samples + stagger_bytes / sizeof(Sample)), memory_(unset_array<Sample>(count * stride_)) {}
    Sample* operator[](std::size_t i) { return memory_.get() + i * stride_; }
    const Sample* operator[](std::size_t i) const { return memory_.get() + i * stride_; }

private:
    /// Sixteen spectra share out the sets of a first-level cache of 4 KiB a way, and 512 those of a second-level one.
    static constexpr std::size_t stagger_bytes = 2048 + 256;
    std::size_t stride_;
    AlignedArray<Sample> memory_;
};

}  // namespace lathe
