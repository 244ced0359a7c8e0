// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/fade.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe {

double fade_gain(FadeShape shape, double position) {
    const double p = std::clamp(position, 0.0, 1.0);
    switch (shape) {
        case FadeShape::cosine:
            return (1 - std::cos(std::numbers::pi * p)) / 2;
        case FadeShape::exponential:
            return (std::pow(10.0, 3 * p) - 1) / 999;
        case FadeShape::equal_power:
            return std::sin(std::numbers::pi * p / 2);
        default:
            return p;
    }
}

template <class Sample>
void apply_fade(const Fade& fade, AudioView<Sample> audio, Frames position) {
    const Frames from = std::max<Frames>(fade.first - position, 0);
    const Frames to = std::min(fade.first + fade.frames - position, audio.frames);
    for (Frames n = from; n < to; ++n) {
        const double into = static_cast<double>(position + n - fade.first) / static_cast<double>(fade.frames);
        const double gain = fade_gain(fade.shape, fade.direction == Fade::Direction::in ? into : 1 - into);
        for (int c = 0; c < audio.channels; ++c) audio.channel(c)[n] = static_cast<Sample>(audio.channel(c)[n] * gain);
    }
}

template void apply_fade<float>(const Fade&, AudioView<float>, Frames);
template void apply_fade<double>(const Fade&, AudioView<double>, Frames);

}  // namespace lathe
