// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>

#include "app/player/signal.h"

namespace lathe {

/// Every fade of the player: 5 ms.
inline Frames fade_frames(double rate) { return static_cast<Frames>(std::lround(0.005 * rate)); }
/// Weight of what comes at step k = 0 … length − 1 of a fade; what goes has the rest. Rises by at most 1.5 / length.
inline double fade_weight(Frames k, Frames length) {
    const double t = static_cast<double>(k + 1) / static_cast<double>(length + 1);
    return t * t * (3 - 2 * t);
}

/// Frames from … to − 1, over and over; none while from == to.
struct Loop {
    Frames from = 0, to = 0;
    Frames length() const { return to - from; }
    bool operator==(const Loop&) const = default;
};

/// Which frames are heard one after the other. Line time counts the frames since a seek; it goes on through every new
/// route of that line (another loop, another render), so that these can take over at the same place.
struct Route {
    std::uint64_t id = 0;    ///< of the request that it answers; the newer, the higher
    std::uint64_t line = 0;  ///< a seek begins another one
    Frames begin = 0;        ///< its first frame, in line time
    Frames start = 0;        ///< and that frame's position in the signals
    Loop loop;
    Frames grain = 0;  ///< while paused: so many frames are heard

    /// Position of a line time not before begin.
    Frames position(Frames time) const;
    /// Frames from there on until the position jumps; "never" is a very large number.
    Frames until_jump(Frames time) const;
    bool loops() const { return loop.length() > 0 && start < loop.to; }
};

/// The route's frames from a line time on, into out [signal.channels()][any]. Where a loop starts over, its first fade
/// blends out of what follows the loop's end. scratch: [signal.channels()][fade_frames] at least.
void read_route(const Signal& signal, const Route& route, Frames time, AudioView<float> out, AudioView<float> scratch);

}  // namespace lathe
