// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/measure/loudness.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
template <class Sample>
LoudnessBlocks measured(const AudioBuffer<Sample>& audio, double rate, Frames cut = 4096) {
    LoudnessMeter<Sample> meter(audio.channels(), rate);
    for (Frames n = 0; n < audio.frames(); n += cut)
        meter.push(audio.view().slice(n, std::min(cut, audio.frames() - n)));
    meter.finish();
    return meter.blocks();
}

/// Pink noise, in every channel another stretch of it, whose level steps to the next one every `seconds`.
AudioBuffer<double> stepped_noise(double rate, int channels, double seconds, std::vector<double> levels_db,
                                  unsigned seed = 1) {
    const Frames step = std::lround(seconds * rate);
    const auto noise = test::pink_noise(1, step * std::ssize(levels_db), 1, seed);
    AudioBuffer<double> audio(channels, noise.frames());
    for (double& level : levels_db) level = gain_from_db(level);
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            audio.channel(c)[n] =
                noise.channel(0)[(n + c * 79190) % audio.frames()] * levels_db[static_cast<std::size_t>(n / step)];
    return audio;
}

}  // namespace

TEST_CASE("loudness range: stays as it is when the programme is repeated whole", "[measure]") {
    const std::vector<double> levels{-30, -18, -40, -23, -12};
    std::vector<double> twice = levels;
    twice.insert(twice.end(), levels.begin(), levels.end());
    const double once = loudness_range_lu(measured(stepped_noise(22050, 1, 15, levels), 22050)).value();
    CHECK_THAT(loudness_range_lu(measured(stepped_noise(22050, 1, 15, twice), 22050)).value(), WithinAbs(once, 0.5));
}

TEST_CASE("loudness: the steps are the same bits however the programme is cut", "[measure]") {
    const auto audio = test::as<float>(stepped_noise(44100, 3, 1.7, {-20, -30}));
    const LoudnessBlocks whole = measured(audio, 44100, audio.frames());
    const Frames cut = GENERATE(1, 63, 441, 1023, 1024, 1025, 5000);
    const LoudnessBlocks blocks = measured(audio, 44100, cut);
    CHECK(whole.steps.size() == 34);
    CHECK(blocks.steps == whole.steps);
    CHECK(blocks.momentary_max_power == whole.momentary_max_power);
    CHECK(blocks.short_term_max_power == whole.short_term_max_power);
}

TEST_CASE("loudness: float audio reads as its double does within 0.0001 LU", "[measure]") {
    const auto audio = stepped_noise(48000, 2, 2, {-20, -50, -26});
    CHECK_THAT(integrated_lufs(measured(test::as<float>(audio), 48000)).value(),
               WithinAbs(integrated_lufs(measured(audio, 48000)).value(), 1e-4));
}

TEST_CASE("loudness: a gain moves the gates as it would on the audio", "[measure]") {
    const auto audio = stepped_noise(48000, 1, 4, {-66, -72, -66, -72});
    const double gain_db = GENERATE(-12.0, 5.0, 15.0);
    CAPTURE(gain_db);
    auto louder = audio;
    for (Frames n = 0; n < audio.frames(); ++n) louder.channel(0)[n] *= gain_from_db(gain_db);
    const LoudnessBlocks blocks = measured(audio, 48000), of_louder = measured(louder, 48000);
    CHECK(integrated_lufs(blocks, gain_db).has_value() == integrated_lufs(of_louder).has_value());
    if (integrated_lufs(of_louder)) {
        CHECK_THAT(integrated_lufs(blocks, gain_db).value(), WithinAbs(integrated_lufs(of_louder).value(), 1e-9));
        CHECK_THAT(loudness_range_lu(blocks, gain_db).value(), WithinAbs(loudness_range_lu(of_louder).value(), 1e-9));
    }
    CHECK_THAT(momentary_max_lufs(blocks, gain_db).value(), WithinAbs(momentary_max_lufs(of_louder).value(), 1e-9));
    CHECK_THAT(short_term_max_lufs(blocks, gain_db).value(), WithinAbs(short_term_max_lufs(of_louder).value(), 1e-9));
    if (gain_db == 5)
        CHECK(std::abs(integrated_lufs(blocks).value() + gain_db - integrated_lufs(of_louder).value()) > 0.2);
}

TEST_CASE("loudness: silence, and programmes shorter than a window, have no value", "[measure]") {
    const LoudnessBlocks silent = measured(AudioBuffer<double>(2, 48000 * 5), 48000);
    CHECK_FALSE(integrated_lufs(silent));
    CHECK_FALSE(momentary_max_lufs(silent));
    CHECK_FALSE(short_term_max_lufs(silent));
    CHECK_FALSE(loudness_range_lu(silent));
    const LoudnessBlocks empty = measured(AudioBuffer<double>(2, 0), 48000);
    CHECK_FALSE(integrated_lufs(empty));
    const LoudnessBlocks quiet = measured(test::sine(1000, gain_from_db(-75), 48000, 48000 * 5, 2), 48000);
    CHECK_FALSE(integrated_lufs(quiet));
    CHECK_FALSE(loudness_range_lu(quiet));
    CHECK(momentary_max_lufs(quiet));

    const auto tone = [](double seconds) {
        return measured(test::sine(1000, 0.1, 48000, static_cast<Frames>(seconds * 48000), 2), 48000);
    };
    CHECK_FALSE(integrated_lufs(tone(0.39)));
    CHECK_FALSE(momentary_max_lufs(tone(0.39)));
    CHECK(integrated_lufs(tone(0.4)));
    CHECK(momentary_max_lufs(tone(0.4)));
    CHECK_FALSE(short_term_max_lufs(tone(2.99)));
    CHECK_FALSE(loudness_range_lu(tone(2.99)));
    CHECK(short_term_max_lufs(tone(3)));
    CHECK(loudness_range_lu(tone(3)));
}

TEST_CASE("loudness: steps of 100 ms do not drift at a rate that has no whole number of frames in them", "[measure]") {
    const double rate = 44056;  // 4405.6 frames a step
    const LoudnessBlocks blocks = measured(test::sine(1000, 0.1, rate, static_cast<Frames>(rate * 60), 1), rate);
    CHECK(blocks.steps.size() == 600);
    const auto [least, most] = std::minmax_element(blocks.steps.begin() + 5, blocks.steps.end());
    CHECK(db_from_power(*most / *least) < 0.01);
}
