// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/level_history.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "dsp/core/decibel.h"
#include "dsp/measure/levels.h"
#include "dsp/measure/true_peak.h"
#include "tests/support/catch.h"
#include "tests/support/muddled_workers.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

template <class Sample>
LevelHistory measured(const AudioBuffer<Sample>& audio, double rate, Frames cut, Workers& workers) {
    LevelHistoryMeter<Sample> meter(audio.channels(), rate, workers);
    for (Frames n = 0; n < audio.frames(); n += cut)
        meter.push(audio.view().slice(n, std::min(cut, audio.frames() - n)));
    return meter.finish();
}
template <class Sample>
LevelHistory measured(const AudioBuffer<Sample>& audio, double rate) {
    SerialWorkers workers;
    return measured(audio, rate, 1 << 16, workers);
}

float largest(const std::vector<float>& values) {
    float result = -HUGE_VALF;
    for (const float value : values) result = std::isnan(value) ? result : std::max(result, value);
    return result;
}

/// Every curve, so that none is left out of a comparison.
std::vector<std::vector<float>> curves_of(const LevelHistory& h) {
    std::vector<std::vector<float>> all{h.loudness.momentary_lufs, h.loudness.short_term_lufs, h.stereo.correlation,
                                        h.stereo.width};
    all.insert(all.end(), h.true_peak.begin(), h.true_peak.end());
    all.insert(all.end(), h.band_correlation.begin(), h.band_correlation.end());
    for (const ChannelCurves& c : h.channels) all.insert(all.end(), {c.sample_peak, c.rms, c.dc_offset});
    for (const Waveform& w : h.waveforms)
        for (const WaveformLevel& level : w.levels) all.insert(all.end(), {level.low, level.high, level.rms});
    return all;
}
bool same_bits(const LevelHistory& a, const LevelHistory& b) {
    const auto left = curves_of(a), right = curves_of(b);
    if (left.size() != right.size() || a.frames != b.frames) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i].size() != right[i].size() ||
            std::memcmp(left[i].data(), right[i].data(), left[i].size() * sizeof(float)) != 0)
            return false;
    return true;
}

/// Two sines of one frequency, the right one `phase` later.
void add_pair(AudioBuffer<double>& audio, double rate, double hz, double left, double right, double phase) {
    for (Frames n = 0; n < audio.frames(); ++n) {
        const double angle = 2 * std::acos(-1.0) * hz * static_cast<double>(n) / rate;
        audio.channel(0)[n] += left * std::sin(angle);
        audio.channel(1)[n] += right * std::sin(angle + phase);
    }
}

constexpr double pi = 3.14159265358979323846;

}  // namespace

TEST_CASE("levels over time: the largest of each are what the meters of whole programmes read, to the float",
          "[history]") {
    const auto [rate, channels] =
        GENERATE(std::pair{44100.0, 2}, std::pair{8000.0, 1}, std::pair{48000.0, 6}, std::pair{192000.0, 2});
    CAPTURE(rate, channels);
    AudioBuffer<double> swelling = test::pink_noise(0.1, static_cast<Frames>(5.237 * rate), channels);
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < swelling.frames(); ++n)
            swelling.channel(c)[n] *= 1 + std::sin(static_cast<double>(n) / rate * (2 + c));
    const AudioBuffer<float> audio = test::as<float>(swelling);
    const LevelHistory history = measured(audio, rate);

    SerialWorkers workers;
    LoudnessMeter<float> loudness(channels, rate);
    TruePeakMeter<float> peak(channels, workers);
    LevelMeter<float> meter(channels);
    loudness.push(audio.view());
    loudness.finish();
    peak.push(audio.view());
    peak.finish();
    meter.push(audio.view());
    const Levels levels = meter.finish();
    CHECK(history.hops() == 524);
    CHECK(largest(history.loudness.momentary_lufs) ==
          static_cast<float>(momentary_max_lufs(loudness.blocks()).value()));
    CHECK(largest(history.loudness.short_term_lufs) ==
          static_cast<float>(short_term_max_lufs(loudness.blocks()).value()));
    CHECK(integrated_lufs(history.blocks).value() == integrated_lufs(loudness.blocks()).value());
    CHECK(largest(history.largest_true_peak()) == static_cast<float>(peak.true_peak().value));
    for (int c = 0; c < channels; ++c) {
        const auto k = static_cast<std::size_t>(c);
        CHECK(largest(history.true_peak[k]) == static_cast<float>(peak.true_peak(c).value));
        CHECK(largest(history.channels[k].sample_peak) == static_cast<float>(levels.channels[k].sample_peak));
        CHECK(history.waveforms[k].levels.back().rms.size() == 1);
        CHECK_THAT(history.waveforms[k].levels.back().rms[0], WithinRel(levels.channels[k].rms, 1e-6));
    }
    CHECK(history.end_s(523) == static_cast<double>(audio.frames()) / rate);
    CHECK(history.end_s(0) == 0.01);
}

TEST_CASE("levels over time: the same bits however the programme is cut and whoever helps", "[history]") {
    const AudioBuffer<float> audio = test::as<float>(test::pink_noise(0.2, 40000, 3));
    const LevelHistory whole = measured(audio, 44100);
    REQUIRE(whole.hops() == 91);
    SerialWorkers serial;
    for (const Frames cut : {1, 63, 256, 441, 1024, 16385}) {
        CAPTURE(cut);
        CHECK(same_bits(measured(audio, 44100, cut, serial), whole));
    }
    test::MuddledWorkers muddled;
    CHECK(same_bits(measured(audio, 44100, 4096, muddled), whole));
}

TEST_CASE("levels over time: loudness and RMS climb after a step of a sine as their windows fill", "[history]") {
    constexpr double rate = 48000, quiet = 0.01, loud = 0.1;
    constexpr int step = 400;  // hops: at 4 s
    AudioBuffer<double> audio = test::sine(1000, loud, rate, 8 * 48000, 2);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < step * 480; ++n) audio.channel(c)[n] *= quiet / loud;
    const LevelHistory history = measured(audio, rate);
    // K-weighting rings on for some milliseconds behind the step, and lifts a 1 kHz sine as the standard's offset says.
    const auto expected = [&](int hop, int window) {
        const double share = std::clamp(static_cast<double>(hop + 1 - step) / window, 0.0, 1.0);
        return (1 - share) * quiet * quiet / 2 + share * loud * loud / 2;
    };
    for (int hop = 310; hop < 800; ++hop) {
        CAPTURE(hop);
        const auto k = static_cast<std::size_t>(hop);
        const double momentary = expected(hop, 40), short_term = expected(hop, 300);
        REQUIRE_THAT(history.loudness.momentary_lufs[k], WithinAbs(db_from_power(2 * momentary), 0.1));
        REQUIRE_THAT(history.loudness.short_term_lufs[k], WithinAbs(db_from_power(2 * short_term), 0.1));
        REQUIRE_THAT(history.channels[1].rms[k], WithinRel(std::sqrt(momentary), 1e-6));
        if (hop != step - 1)  // which hears the step ring
            REQUIRE_THAT(history.true_peak[0][k], WithinRel(hop < step ? quiet : loud, 0.01));
    }
    CHECK(std::isnan(history.loudness.momentary_lufs[38]));
    CHECK_FALSE(std::isnan(history.loudness.momentary_lufs[39]));
    CHECK(std::isnan(history.loudness.short_term_lufs[298]));
    CHECK_FALSE(std::isnan(history.loudness.short_term_lufs[299]));
}

TEST_CASE("levels over time: PSR is the largest true peak of 3 s over their loudness, and a click holds it for 3 s",
          "[history]") {
    AudioBuffer<double> audio = test::sine(1000, 0.1, 48000, 10 * 48000, 2);
    audio.channel(0)[4 * 48000 + 100] = 0.9;  // in hop 400
    const LevelHistory history = measured(audio, 48000);
    const std::vector<float> psr = psr_db(history);
    const double sine = -20 - db_from_power(2 * 0.005), click = db_from_gain(history.true_peak[0][400]) + 20;
    CHECK(std::isnan(psr[298]));
    for (const int hop : {299, 399, 700, 999}) CHECK_THAT(psr[static_cast<std::size_t>(hop)], WithinAbs(sine, 0.05));
    for (const int hop : {400, 550, 699}) CHECK_THAT(psr[static_cast<std::size_t>(hop)], WithinAbs(sine + click, 0.05));
    CHECK(click > 18);
}

TEST_CASE("levels over time: DC climbs over 3 s after a step, and bass is none", "[history]") {
    constexpr double rate = 48000;
    AudioBuffer<double> audio = test::sine(40, 0.5, rate, 8 * 48000);
    for (Frames n = 4 * 48000; n < audio.frames(); ++n) audio.channel(0)[n] += 0.1;
    const LevelHistory history = measured(audio, rate);
    for (int hop = 299; hop < 800; ++hop) {
        const double share = std::clamp((hop + 1 - 400) / 300.0, 0.0, 1.0);
        CAPTURE(hop);
        // A sine of 40 Hz leaves at most 0.5 / (π · 40 · 3) of a window that ends within its period.
        REQUIRE_THAT(history.channels[0].dc_offset[static_cast<std::size_t>(hop)],
                     WithinAbs(0.1 * share, 0.5 / (pi * 40 * 3)));
    }
}

TEST_CASE("levels over time: correlation and width of two sines follow their phase and levels", "[history]") {
    const double phase = GENERATE(0.0, 0.5, 1.0, 1.5) * pi / 1.5, right = GENERATE(0.4, 0.1);
    CAPTURE(phase, right);
    AudioBuffer<double> audio(2, 48000);
    add_pair(audio, 48000, 1000, 0.4, right, phase);
    const LevelHistory history = measured(audio, 48000);
    const double energy = 0.4 * 0.4 + right * right;
    CHECK_THAT(history.stereo.correlation[60], WithinAbs(std::cos(phase), 1e-6));
    CHECK_THAT(history.stereo.width[60], WithinAbs((energy - 2 * 0.4 * right * std::cos(phase)) / (2 * energy), 1e-6));
}

TEST_CASE("levels over time: each band has a correlation of its own", "[history]") {
    const double rate = GENERATE(44100.0, 96000.0);
    AudioBuffer<double> audio(2, static_cast<Frames>(rate));
    add_pair(audio, rate, 40, 0.2, 0.2, 0);
    add_pair(audio, rate, 350, 0.2, 0.2, pi / 2);
    add_pair(audio, rate, 2500, 0.2, 0.1, pi);
    add_pair(audio, rate, 15000, 0.2, 0.2, pi / 3);
    const LevelHistory history = measured(audio, rate);
    const double expected[] = {1, 0, -1, 0.5};
    for (std::size_t b = 0; b < 4; ++b) {
        CAPTURE(b);
        CHECK_THAT(history.band_correlation[b][90], WithinAbs(expected[b], 0.02));  // neighbours leak −40 dB
    }
    CHECK_THAT(history.stereo.correlation[90], WithinAbs((0.04 - 0.02 + 0.02) / std::sqrt(0.16 * 0.13), 1e-3));
}

TEST_CASE("levels over time: a band's edge lies at -6 dB, as Linkwitz and Riley have it", "[history]") {
    constexpr double rate = 48000;
    AudioBuffer<double> audio(2, 48000);
    add_pair(audio, rate, 1000, 0.4, 0.4, 0);  // at the upper edge of 120 to 1000: half of it
    add_pair(audio, rate, 350, 0.2, 0.2, pi);  // in its middle
    const auto edge = [&](double hz, double at) {
        return 1 / (1 + std::pow(std::tan(pi * hz / rate) / std::tan(pi * at / rate), 4));
    };
    const double kept = 0.4 * edge(1000, 1000) * edge(120, 1000), opposed = 0.2 * edge(350, 1000) * edge(120, 350);
    CHECK_THAT(edge(1000, 1000), WithinAbs(0.5, 1e-12));
    const LevelHistory history = measured(audio, rate);
    CHECK_THAT(history.band_correlation[1][90],
               WithinAbs((kept * kept - opposed * opposed) / (kept * kept + opposed * opposed), 1e-3));
}

TEST_CASE("levels over time: silence, one sample, less than a hop and bands above the rate give what there is",
          "[history]") {
    const LevelHistory silence = measured(AudioBuffer<float>(2, 44100), 44100);
    CHECK(silence.hops() == 100);
    CHECK(silence.loudness.momentary_lufs[50] == -HUGE_VALF);
    CHECK(std::isnan(silence.stereo.correlation[50]));
    CHECK(std::isnan(silence.stereo.width[50]));
    CHECK(std::isnan(silence.band_correlation[0][50]));
    CHECK(largest(silence.largest_true_peak()) == 0);
    CHECK(silence.channels[1].rms[99] == 0);

    AudioBuffer<float> dot(1, 1);
    dot.channel(0)[0] = -0.5f;
    const LevelHistory one = measured(dot, 44100);
    REQUIRE(one.hops() == 1);
    CHECK(one.true_peak[0] == std::vector<float>{0.5f});
    CHECK(one.channels[0].rms[0] == 0.5f);
    CHECK(one.channels[0].dc_offset[0] == -0.5f);
    CHECK(std::isnan(one.loudness.momentary_lufs[0]));
    CHECK(one.stereo.correlation.empty());
    CHECK(one.end_s(0) == 1 / 44100.0);
    CHECK(measured(AudioBuffer<float>(2, 0), 44100).hops() == 0);

    AudioBuffer<double> slow(2, 8000);
    add_pair(slow, 8000, 2500, 0.2, 0.2, pi);
    const LevelHistory at_8000 = measured(slow, 8000);
    CHECK_THAT(at_8000.band_correlation[2][90], WithinAbs(-1, 1e-6));
    CHECK(std::isnan(at_8000.band_correlation[3][90]));
}
