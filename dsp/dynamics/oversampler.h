// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// Raises the rate of one channel's block by 1, 2, 4, 8, 16 or 32, and brings it back, in steps of two by half-band
/// FIRs of linear phase. Up to 0.4535 of the rate (20 kHz at 44.1 kHz) it is flat within 0.001 dB, and images on the
/// way up and aliases on the way down lie 110 dB below (test: "oversampler: raises and lowers the rate cleanly"). A
/// block stands alone: it is given with margin() frames of its neighbours on either side, and nothing is late.
template <class Sample>
class Oversampler {
public:
    explicit Oversampler(int factor);  ///< Throws BadSetting for another factor.

    int factor() const { return 1 << steps_.size(); }
    Frames margin() const { return margins_.front().up; }

    /// A block on its way through the rates; one for each thread.
    class Block {
    public:
        Block(const Oversampler& oversampler, Frames frames);
        /// At the rate asked for: factor · frames samples, and margins that down() needs on either side.
        AlignedVector<Sample>& raised() { return levels_.back(); }

    private:
        friend class Oversampler;
        Frames frames_;
        std::vector<AlignedVector<Sample>> levels_;  ///< one for each rate, lowest first
        AlignedVector<Sample> odd_;
    };

    /// in: [margin() + block's frames + margin()]. Returns false, with block.raised() undefined, where no raised sample
    /// can be larger than `quiet`.
    bool up(const Sample* in, Block& block, Sample quiet) const;
    /// block.raised(), changed as it may be, to out: [block's frames].
    void down(Block& block, Sample* out) const;

private:
    struct Step {
        std::vector<Sample> taps;  ///< of the samples between: taps[k] weighs the k-th neighbours on both sides
        double rest_gain;          ///< the most by which this and the later steps can raise a peak
    };
    struct Margin {
        Frames up, down;  ///< frames at this rate, on either side of the block, on the way up and on the way down
    };
    std::vector<Step> steps_;
    std::vector<Margin> margins_;  ///< one for each rate
};

}  // namespace lathe
