// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "dsp/core/audio.h"

namespace lathe {

enum class FadeShape { linear, cosine, exponential, equal_power };
inline constexpr std::array<std::string_view, 4> fade_shapes{"linear", "cosine", "exponential", "equal_power"};

/// The gain of a fade, 0 at position 0 and 1 at position 1:
/// linear p; cosine (1 − cos πp) / 2; equal_power sin(πp / 2), so that a fade in and a fade out over one range sum to
/// constant power; exponential (10^(3p) − 1) / 999, which moves evenly in dB, 60 dB over its length, and reaches 0.
double fade_gain(FadeShape shape, double position);

/// Where a programme fades. Frame first + i of a fade in has position i / frames, of a fade out 1 − i / frames; so the
/// frame behind a fade in is the first at full level, and the frame behind a fade out would be the first silent one.
struct Fade {
    enum class Direction { in, out };
    Direction direction = Direction::in;
    FadeShape shape = FadeShape::linear;
    Frames first = 0;  ///< its first frame in the programme
    Frames frames = 0;
};

/// Applies the part of a fade that lies in audio, whose frame 0 is the programme's frame `position`. Frames outside it
/// stay as they are.
template <class Sample>
void apply_fade(const Fade& fade, AudioView<Sample> audio, Frames position);

}  // namespace lathe
