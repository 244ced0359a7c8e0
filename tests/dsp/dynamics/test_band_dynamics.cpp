// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "dsp/dynamics/band_dynamics.h"
#include "tests/dsp/dynamics/serial_dynamics.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
// Music-like: noise whose level jumps about by up to 40 dB.
AudioBuffer<double> restless(Frames frames, int channels) {
    AudioBuffer<double> audio = test::pink_noise(0.2, frames, channels);
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < frames; ++n) audio.channel(c)[n] *= std::pow(10.0, -((n / 5000 + c) * 7 % 5) / 2.0);
    return audio;
}

// The largest error of a gain relative to the serial one, taken for a tenth of it per dB of change beyond 10 dB:
// decibels in float are so much coarser.
template <class Sample>
double worst_error(const BandSettings& settings, double edge_hz, double rate, const AudioBuffer<double>& audio) {
    constexpr Frames block = BandDynamics<Sample>::block;
    // Both hear the samples as they were rounded.
    const AudioBuffer<Sample> heard = test::as<Sample>(audio);
    const auto expected = test::serial_gains(settings, edge_hz, rate, test::as<double>(heard));
    BandDynamics<Sample> dynamics(settings, edge_hz, rate, audio.channels(), 1);
    AudioBuffer<Sample> gains(dynamics.lanes(), block);
    std::vector<float> history;
    double worst = 0;
    for (Frames start = 0; start + block <= audio.frames(); start += block) {
        dynamics.run(heard.view().slice(start, block), gains.view(), false, block, history);
        for (int c = 0; c < audio.channels(); ++c)
            for (Frames i = 0; i < block; ++i) {
                const double wanted = expected[static_cast<std::size_t>(c)][static_cast<std::size_t>(start + i)];
                const double change_db = std::abs(20 * std::log10(wanted) - settings.makeup_db);
                const double error = std::abs(gains.channel(dynamics.lanes() > 1 ? c : 0)[i] / wanted - 1) /
                                     std::max(1.0, change_db / 10);
                if (!(error <= worst)) worst = error;
            }
    }
    return worst;
}

std::vector<BandSettings> many_settings() {
    return {{.threshold_db = -26, .ratio = 2},
            {.threshold_db = -40, .ratio = 20, .knee_db = 0, .attack_ms = 0.1, .release_ms = 10},
            {.threshold_db = -40, .ratio = 4, .knee_db = 12, .attack_ms = 0, .release_ms = 10000, .makeup_db = 6},
            {.threshold_db = -30, .ratio = 3, .attack_ms = 2000, .release_ms = 500, .link = 0},
            {.threshold_db = -30, .ratio = 3, .release_ms = 1, .range_db = 5, .link = 0.3},
            {.threshold_db = -20, .ratio = 2, .mode = DynamicsMode::up},
            {.threshold_db = -20,
             .ratio = 2,
             .mode = DynamicsMode::up,
             .range_db = 30,
             .detector = LevelDetector::rms,
             .link = 0.7},
            {.threshold_db = -35, .ratio = 5, .release_ms = 300, .detector = LevelDetector::rms},
            {.threshold_db = -35, .ratio = 5, .sidechain_hp_hz = 150}};
}
}  // namespace

TEST_CASE("dynamics: gains found block by block equal a serial loop's in double", "[dynamics]") {
    const AudioBuffer<double> audio = restless(60000, 2);
    const auto [edge_hz, rate] =
        GENERATE(table<double, double>({{0, 44100}, {120, 44100}, {6000, 44100}, {0, 192000}, {120, 96000}}));
    int index = 0;
    for (const BandSettings& settings : many_settings()) {
        CAPTURE(edge_hz, rate, index++);
        const double error = worst_error<double>(settings, edge_hz, rate, audio),
                     in_float = worst_error<float>(settings, edge_hz, rate, audio);
        CHECK(error <
              test::record("Dynamics", "gains found in blocks, double", "serial loop in double", 1e-11, error, ""));
        CHECK(in_float <
              test::record("Dynamics", "gains found in blocks, float", "serial loop in double", 1e-6, in_float, ""));
    }
}

TEST_CASE("dynamics: a long release stays true in float at 10 s and 192 kHz", "[dynamics]") {
    // A click, then silence: the gain comes back along one exponential for a whole minute's worth of frames.
    constexpr double high_rate = 192000;
    constexpr Frames block = BandDynamics<float>::block, blocks = 3000;
    const BandSettings settings{.threshold_db = -40, .ratio = 2, .knee_db = 0, .attack_ms = 0, .release_ms = 10000};
    BandDynamics<float> dynamics(settings, 20000, high_rate, 1, 1);
    AudioBuffer<float> audio(1, block), gains(1, block);
    std::vector<float> history;
    const double pole = std::exp(-1 / (10 * high_rate));
    double worst = 0;
    for (Frames k = 0; k < blocks; ++k) {
        audio.channel(0)[0] = k == 0 ? 1.0f : 0.0f;
        dynamics.run(audio.view(), gains.view(), false, block, history);
        // Held for the five frames that are half a period of 20 kHz: 20 dB until frame 4.
        const double expected = -20 * std::pow(pole, static_cast<double>((k + 1) * block - 1 - 4));
        const double error = std::abs(20 * std::log10(gains.channel(0)[block - 1]) - expected);
        if (!(error <= worst)) worst = error;
    }
    CHECK(worst < 1e-5);
}
