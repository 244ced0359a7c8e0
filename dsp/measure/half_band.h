// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "dsp/core/audio_queue.h"

namespace lathe {

/// A stretch of a programme at some rate, of which old frames are let go. Before frame 0 lies silence.
struct RatedAudio {
    RatedAudio(int channels, Frames first) : queue(channels), from(first) {}
    Frames end() const { return from + queue.frames(); }
    void drop_before(Frames frame) {
        const Frames count = std::max<Frames>(0, std::min(frame, end()) - from);
        queue.drop(count);
        from += count;
    }

    AudioQueue<float> queue;
    Frames from;  ///< frame of the programme that is the queue's first
};

/// Halves a rate by a linear-phase half-band filter that moves nothing in time: frame m of the output is frame 2m of
/// the input. Passes what is below 0.21 of the input's rate and holds back by 100 dB what is above 0.29 of it (test:
/// "half-band: passes the lower half and holds back what would fold into it"). Kaiser-windowed (J. F. Kaiser,
/// Nonrecursive digital filter design using the I0-sinh window function, Proc. ISCAS 1974).
class HalfBandFilter {
public:
    HalfBandFilter();
    /// Frames of the input that an output frame needs to both sides of its own.
    static constexpr Frames reach = 39;
    /// Frames of output that are to be had beyond those in `to`.
    Frames ready(const RatedAudio& from, const RatedAudio& to) const;
    /// One channel of the last `count` frames in `to`, for which room has been made.
    void fill(const RatedAudio& from, RatedAudio& to, int channel, Frames count) const;

private:
    AlignedVector<float> taps_;  // the odd ones of one side: the even ones are 0
};

}  // namespace lathe
