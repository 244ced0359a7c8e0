// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

#include "dsp/core/audio.h"

namespace lathe {

inline constexpr int hops_per_second = 100;
inline constexpr int momentary_hops = 40, short_term_hops = 300;  ///< 400 ms and 3 s, EBU Tech 3341

/// Where a stream stands on the grid of hops of 10 ms by which meters go: hop k starts at frame round(k · rate / 100),
/// so that none drifts at any rate.
class HopGrid {
public:
    explicit HopGrid(double rate) : rate_(rate), end_(start(1)) {}

    Frames start(Frames hop) const { return std::llround(static_cast<double>(hop) * rate_ / hops_per_second); }
    Frames hop() const { return hop_; }                              ///< whole hops that lie behind
    Frames frames_into_hop() const { return frame_ - start(hop_); }  ///< of the one that follows them

    /// Goes `frames` further. Calls piece(at, count) for every part of them that lies in one hop, `at` counted from the
    /// first of them, and end() after the part that completes a hop.
    template <class Piece, class End>
    void advance(Frames frames, Piece&& piece, End&& end) {
        for (Frames at = 0; at < frames;) {
            const Frames count = std::min(end_ - frame_, frames - at);
            piece(at, count);
            at += count;
            frame_ += count;
            if (frame_ < end_) return;
            end_ = start(++hop_ + 1);
            end();
        }
    }

private:
    double rate_;
    Frames frame_ = 0, hop_ = 0;
    Frames end_;  ///< of the hop that `frame_` lies in
};

}  // namespace lathe
