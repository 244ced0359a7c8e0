// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/waveform.h"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
template <class Sample>
Waveform measured(const AudioBuffer<Sample>& audio, Frames cut = 1000) {
    WaveformMeter<Sample> meter;
    for (Frames n = 0; n < audio.frames(); n += cut)
        meter.push(audio.channel(0) + n, std::min(cut, audio.frames() - n));
    return meter.finish();
}
}  // namespace

TEST_CASE("waveform: one loud sample is seen at every zoom, where it is", "[waveform]") {
    const Frames place = GENERATE(0, 255, 256, 70000, 99999);
    AudioBuffer<float> audio = test::as<float>(test::noise(0.01, 100000));
    audio.channel(0)[place] = place % 2 == 0 ? 0.9f : -0.9f;
    const Waveform waveform = measured(audio);
    REQUIRE(waveform.levels.size() == 10);  // 391 cells of 256 down to one of 131072
    for (const WaveformLevel& level : waveform.levels) {
        CAPTURE(level.cell_frames);
        const std::vector<float>& side = place % 2 == 0 ? level.high : level.low;
        const auto cell = static_cast<std::size_t>(place / level.cell_frames);
        CHECK(side[cell] == audio.channel(0)[place]);
        CHECK(std::count(side.begin(), side.end(), side[cell]) == 1);
    }
}

TEST_CASE("waveform: every cell of every level holds the extremes and the RMS of its own frames", "[waveform]") {
    const Frames frames = GENERATE(1, 255, 256, 257, 5000, 16384);
    CAPTURE(frames);
    const AudioBuffer<double> audio = test::pink_noise(0.2, frames);
    const Waveform waveform = measured(audio, GENERATE(1, 100, 100000));
    CHECK(waveform.frames == frames);
    CHECK(waveform.levels.back().low.size() == 1);
    Frames cell = 256;
    for (const WaveformLevel& level : waveform.levels) {
        REQUIRE(level.cell_frames == cell);
        REQUIRE(std::ssize(level.rms) == (frames + cell - 1) / cell);
        for (Frames i = 0; i < std::ssize(level.rms); ++i) {
            const double *first = audio.channel(0) + i * cell,
                         *last = audio.channel(0) + std::min(frames, (i + 1) * cell);
            double energy = 0;
            for (const double* x = first; x < last; ++x) energy += *x * *x;
            const auto k = static_cast<std::size_t>(i);
            REQUIRE(level.low[k] == static_cast<float>(*std::min_element(first, last)));
            REQUIRE(level.high[k] == static_cast<float>(*std::max_element(first, last)));
            REQUIRE_THAT(level.rms[k], WithinRel(std::sqrt(energy / static_cast<double>(last - first)), 1e-6));
        }
        cell *= 2;
    }
}
