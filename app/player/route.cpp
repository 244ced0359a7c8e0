// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/route.h"

#include <limits>

namespace lathe {

Frames Route::position(Frames time) const {
    const Frames straight = start + (time - begin);
    if (!loops() || straight < loop.to) return straight;
    return loop.from + (straight - loop.to) % loop.length();
}

Frames Route::until_jump(Frames time) const {
    return loops() ? loop.to - position(time) : std::numeric_limits<Frames>::max();
}

namespace {

/// piece: heard `since` frames after the loop has started over.
void blend_seam(const Signal& signal, const Route& route, Frames since, AudioView<float> piece,
                AudioView<float> scratch) {
    const Frames fade = fade_frames(signal.rate()), count = std::min(piece.frames, fade - since);
    const AudioView<float> tail = scratch.slice(0, count);
    signal.read(route.loop.to + since, tail);
    for (int c = 0; c < piece.channels; ++c)
        for (Frames n = 0; n < count; ++n) {
            const double in = fade_weight(since + n, fade);
            piece.channel(c)[n] = static_cast<float>(in * piece.channel(c)[n] + (1 - in) * tail.channel(c)[n]);
        }
}

}  // namespace

void read_route(const Signal& signal, const Route& route, Frames time, AudioView<float> out, AudioView<float> scratch) {
    for (Frames at = 0; at < out.frames;) {
        const Frames now = time + at, position = route.position(now);
        const AudioView<float> piece = out.slice(at, std::min(out.frames - at, route.until_jump(now)));
        signal.read(position, piece);
        const bool started_over = route.loops() && route.start + (now - route.begin) >= route.loop.to;
        const Frames since = position - route.loop.from;
        if (started_over && since < fade_frames(signal.rate())) blend_seam(signal, route, since, piece, scratch);
        at += piece.frames;
    }
}

}  // namespace lathe
