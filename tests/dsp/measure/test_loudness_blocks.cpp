// SPDX-License-Identifier: GPL-3.0-or-later
#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "dsp/core/decibel.h"
#include "dsp/measure/loudness.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
template <class Sample>
LoudnessBlocks measured(const AudioBuffer<Sample>& audio, double rate, Frames cut = 4096,
                        MonoWeight mono = MonoWeight::single) {
    LoudnessMeter<Sample> meter(audio.channels(), rate, mono);
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

struct Delete {
    void operator()(ebur128_state* s) const { ebur128_destroy(&s); }
};
struct Reference {
    std::unique_ptr<ebur128_state, Delete> state;
    double momentary_max = -HUGE_VAL, short_term_max = -HUGE_VAL;
};
/// libebur128, fed 10 ms at a time, momentary loudness read each time and short-term loudness each 100 ms, as its own
/// tests do.
Reference ebur128(const AudioBuffer<double>& audio, double rate, bool with_maxima = true) {
    Reference reference{std::unique_ptr<ebur128_state, Delete>(
        ebur128_init(static_cast<unsigned>(audio.channels()), static_cast<unsigned long>(rate),
                     EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_S))};
    const auto hop = static_cast<Frames>(rate / 100);
    std::vector<double> interleaved(static_cast<std::size_t>(hop * audio.channels()));
    for (Frames k = 0; (k + 1) * hop <= audio.frames(); ++k) {
        for (Frames n = 0; n < hop; ++n)
            for (int c = 0; c < audio.channels(); ++c)
                interleaved[static_cast<std::size_t>(n * audio.channels() + c)] = audio.channel(c)[k * hop + n];
        ebur128_add_frames_double(reference.state.get(), interleaved.data(), static_cast<std::size_t>(hop));
        double lufs = 0;
        if (with_maxima && k >= 39 && ebur128_loudness_momentary(reference.state.get(), &lufs) == EBUR128_SUCCESS)
            reference.momentary_max = std::max(reference.momentary_max, lufs);
        if (with_maxima && k >= 299 && k % 10 == 9 &&
            ebur128_loudness_shortterm(reference.state.get(), &lufs) == EBUR128_SUCCESS)
            reference.short_term_max = std::max(reference.short_term_max, lufs);
    }
    return reference;
}
double global_lufs(const Reference& reference) {
    double lufs = 0;
    ebur128_loudness_global(reference.state.get(), &lufs);
    return lufs;
}
}  // namespace

TEST_CASE("loudness: pink noise in level steps reads as libebur128 reads it", "[measure]") {
    const auto [rate, channels] = GENERATE(std::pair{44100.0, 1}, std::pair{44100.0, 2}, std::pair{48000.0, 2},
                                           std::pair{48000.0, 6}, std::pair{96000.0, 2});
    CAPTURE(rate, channels);
    const auto audio = stepped_noise(rate, channels, 3.2, {-30, -18, -45, -23, -12, -60});
    const LoudnessBlocks blocks = measured(audio, rate);
    const Reference reference = ebur128(audio, rate);
    CHECK_THAT(integrated_lufs(blocks).value(), WithinAbs(global_lufs(reference), 0.001));
    CHECK_THAT(momentary_max_lufs(blocks).value(), WithinAbs(reference.momentary_max, 0.001));
    CHECK_THAT(short_term_max_lufs(blocks).value(), WithinAbs(reference.short_term_max, 0.001));
}

TEST_CASE("loudness range: short-term values taken once a second, without the silence behind, give libebur128's range",
          "[measure]") {
    const auto audio = stepped_noise(48000, 1, 8, {-30, -18, -45, -23, -12, -60, -20, -26});
    std::vector<double> each_second;
    const std::vector<double> curve = short_term_curve_lufs(measured(audio, 48000));
    double power = 0;
    for (std::size_t k = 0; k < curve.size(); k += 10)
        if (curve[k] >= -70) {
            each_second.push_back(curve[k]);
            power += power_from_db(curve[k]);
        }
    const double gate = db_from_power(power / static_cast<double>(each_second.size())) - 20;
    std::erase_if(each_second, [&](double lufs) { return !(lufs >= gate); });
    std::sort(each_second.begin(), each_second.end());
    const auto at = [&](double percent) {
        return each_second[static_cast<std::size_t>(static_cast<double>(each_second.size() - 1) * percent / 100 + 0.5)];
    };
    double expected = 0;
    ebur128_loudness_range(ebur128(audio, 48000, false).state.get(), &expected);
    CHECK_THAT(at(95) - at(10), WithinAbs(expected, 0.002));
}

TEST_CASE("loudness range: agrees with libebur128, which reads once a second, within 0.3 LU on a minute of noise",
          "[measure]") {
    const auto audio = stepped_noise(48000, 1, 12, {-26, -20, -16, -23, -14});
    double expected = 0;
    ebur128_loudness_range(ebur128(audio, 48000, false).state.get(), &expected);
    CHECK_THAT(loudness_range_lu(measured(audio, 48000)).value(), WithinAbs(expected, 0.3));
}

TEST_CASE("loudness range: stays as it is when the programme is repeated whole", "[measure]") {
    const std::vector<double> levels{-30, -18, -40, -23, -12};
    std::vector<double> twice = levels;
    twice.insert(twice.end(), levels.begin(), levels.end());
    const double once = loudness_range_lu(measured(stepped_noise(22050, 1, 15, levels), 22050)).value();
    CHECK_THAT(loudness_range_lu(measured(stepped_noise(22050, 1, 15, twice), 22050)).value(), WithinAbs(once, 0.5));
}

TEST_CASE("loudness: the steps are the same bits however the programme is cut", "[measure]") {
    const auto audio = test::as<float>(stepped_noise(44100, 3, 0.7, {-20, -30}));
    const LoudnessBlocks whole = measured(audio, 44100, audio.frames());
    const Frames cut = GENERATE(1, 63, 441, 1023, 1024, 1025, 5000);
    const LoudnessBlocks blocks = measured(audio, 44100, cut);
    CHECK(whole.steps.size() == 14);
    CHECK(blocks.steps == whole.steps);
    CHECK(blocks.momentary_max_power == whole.momentary_max_power);
}

TEST_CASE("loudness: float audio reads as its double does within 0.0001 LU", "[measure]") {
    const auto audio = stepped_noise(48000, 2, 2, {-20, -50, -26});
    CHECK_THAT(integrated_lufs(measured(test::as<float>(audio), 48000)).value(),
               WithinAbs(integrated_lufs(measured(audio, 48000)).value(), 1e-4));
}

TEST_CASE("loudness: a mono programme reads 3.01 LU below the same on two channels, and the same as dual mono",
          "[measure]") {
    const auto mono = test::pink_noise(0.1, 48000 * 3);
    AudioBuffer<double> pair(2, mono.frames());
    for (int c = 0; c < 2; ++c) copy_audio<double>(mono.view(), pair.view().only(c));
    const double on_two = integrated_lufs(measured(pair, 48000)).value();
    CHECK_THAT(integrated_lufs(measured(mono, 48000)).value(), WithinAbs(on_two - 3.0103, 1e-4));
    CHECK_THAT(integrated_lufs(measured(mono, 48000, 4096, MonoWeight::dual)).value(), WithinAbs(on_two, 1e-9));
}

TEST_CASE("loudness: 997 Hz at 0 dBFS in one channel reads -3.01 LUFS (BS.1770-5)", "[measure]") {
    CHECK_THAT(integrated_lufs(measured(test::sine(997, 1, 48000, 48000 * 5), 48000)).value(), WithinAbs(-3.01, 0.005));
}

TEST_CASE("loudness: an album is gated once over all its tracks, as libebur128 does", "[measure]") {
    std::vector<LoudnessBlocks> blocks;
    std::vector<Reference> references;
    std::vector<ebur128_state*> states;
    double mean = 0;
    for (const double level : {-35.0, -14.0, -23.0, -60.0}) {
        const auto audio = stepped_noise(44100, 2, 4, {level, level - 5}, static_cast<unsigned>(-level));
        blocks.push_back(measured(audio, 44100));
        references.push_back(ebur128(audio, 44100, false));
        states.push_back(references.back().state.get());
        mean += integrated_lufs(blocks.back()).value() / 4;
    }
    std::vector<LoudnessPart> parts;
    for (const LoudnessBlocks& b : blocks) parts.push_back({&b});
    double expected = 0;
    ebur128_loudness_global_multiple(states.data(), states.size(), &expected);
    CHECK_THAT(integrated_lufs(parts).value(), WithinAbs(expected, 0.001));
    CHECK(std::abs(mean - expected) > 5);  // a mean of readings is another thing
    CHECK_THAT(momentary_max_lufs(parts).value(), WithinAbs(momentary_max_lufs(blocks[1]).value(), 1e-12));
    CHECK_THAT(short_term_max_lufs(parts).value(), WithinAbs(short_term_max_lufs(blocks[1]).value(), 1e-12));
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
