// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "dsp/dynamics/block_memory.h"
#include "dsp/dynamics/limiter_style.h"

namespace lathe {

/// Lets a reduction (octaves) rise at once and fall as a ReleaseShape says, never below what goes in. The hold is not
/// its business. Block by block from frame 0.
template <class Sample>
class Release {
public:
    Release(const ReleaseShape& shape, double rate, Frames block);
    template <class Other>
    explicit Release(const Release<Other>& other)
        : block_(other.block_), input_(other.input_), fallen_(other.fallen_.size()) {
        for (const auto& f : other.followers_)
            followers_.push_back({f.fall, f.charge, static_cast<Sample>(f.share), BlockMemory<Sample>(f.charged),
                                  f.charging, f.falling});
    }

    /// Where the next block is to be written.
    Sample* input() { return input_.block(); }
    void run(Sample* out);

private:
    template <class Other>
    friend class Release;
    struct Follower {
        double fall, charge;  // poles; no charge: 0
        Sample share;
        BlockMemory<Sample> charged;
        std::array<double, 16> charging{}, falling{};
    };
    void follow(Follower& follower, Sample* out);

    Frames block_;
    BlockMemory<Sample> input_;
    std::vector<Follower> followers_;
    AlignedVector<Sample> fallen_;
};

}  // namespace lathe
