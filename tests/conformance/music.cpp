// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/music.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/support/signals.h"

namespace lathe::test {

AudioBuffer<double> stepped_noise(double rate, int channels, double seconds, const std::vector<double>& levels_db,
                                  unsigned seed) {
    const Frames step = std::lround(seconds * rate);
    const auto noise = pink_noise(1, step * std::ssize(levels_db), 1, seed);
    AudioBuffer<double> audio(channels, noise.frames());
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            audio.channel(c)[n] = noise.channel(0)[(n + c * 79190) % audio.frames()] *
                                  gain_from_db(levels_db[static_cast<std::size_t>(n / step)]);
    return audio;
}

AudioBuffer<double> mixed(const demo::Song& song) {
    AudioBuffer<double> sum(2, song.stems.front().audio.frames());
    double peak = 0;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < sum.frames(); ++n) {
            for (const demo::NamedStem& stem : song.stems) sum.channel(c)[n] += stem.audio.channel(c)[n];
            peak = std::max(peak, std::abs(sum.channel(c)[n]));
        }
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < sum.frames(); ++n) sum.channel(c)[n] *= gain_from_db(-4) / peak;
    return sum;
}

const AudioBuffer<double>& song() {
    static const AudioBuffer<double> song = mixed(demo::copper_wire());
    return song;
}

}  // namespace lathe::test
