// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "dsp/core/audio.h"

namespace lathe {

/// When which frame is heard: noted by the callback for what it has handed over, asked by anybody. The last 512 notes
/// are kept, so a seek, a loop's jump and a pause are seen when they are heard and not before.
class Marks {
public:
    explicit Marks(double rate) : rate_(rate) {}

    /// From `seconds` on, count frames from `position` on are heard, then that at `next`. At rest: 0 frames.
    void add(double seconds, Frames position, Frames count, Frames next);
    /// The frame heard at that time; 0 before the first note.
    Frames position(double seconds) const;

private:
    struct Mark {
        std::atomic<std::uint64_t> number{0};  ///< counts from 1; 0 while it is being written
        std::atomic<double> seconds{0};
        std::atomic<Frames> position{0}, count{0}, next{0};
    };
    static constexpr std::uint64_t kept = 512;

    double rate_;
    std::array<Mark, kept> marks_;
    std::atomic<std::uint64_t> newest_{0};
};

}  // namespace lathe
