// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/measure/true_peak_hops.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"
#include "tests/support/muddled_workers.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

constexpr double pi = std::numbers::pi;

// I0 by its power series, so that the window owes nothing to the meter's.
double bessel_i0(double x) {
    double sum = 1, term = 1;
    for (int k = 1; k < 60; ++k) sum += term *= x * x / (4.0 * k * k);
    return sum;
}

// The contract's interpolator at frame n + p/32, summed directly.
double reconstructed(const double* x, Frames frames, Frames n, int p) {
    if (p == 0) return n >= 0 && n < frames ? x[n] : 0;
    double sum = 0;
    for (Frames k = std::max<Frames>(0, n - 31); k <= std::min(frames - 1, n + 32); ++k) {
        const double t = static_cast<double>(n - k) + p / 32.0;
        sum += x[k] * std::sin(pi * t) / (pi * t) * bessel_i0(10 * std::sqrt(1 - t * t / 1024)) / bessel_i0(10);
    }
    return sum;
}

struct Direct {
    std::vector<double> tap[32];  // tap[p][k] of frame n + k − 31
    Direct() {
        for (int p = 1; p < 32; ++p)
            for (int k = 0; k < 64; ++k) {
                std::vector<double> unit(64);
                unit[static_cast<std::size_t>(k)] = 1;
                tap[p].push_back(reconstructed(unit.data(), 64, 31, p));
            }
    }
    // The largest magnitude in [n, n + 1).
    double peak(const double* x, Frames frames, Frames n) const {
        double largest = n >= 0 && n < frames ? std::abs(x[n]) : 0;
        for (int p = 1; p < 32; ++p) {
            double sum = 0;
            for (Frames k = 0; k < 64; ++k)
                if (n + k - 31 >= 0 && n + k - 31 < frames) sum += x[n + k - 31] * tap[p][static_cast<std::size_t>(k)];
            largest = std::max(largest, std::abs(sum));
        }
        return largest;
    }
    PeakAt peak(const AudioBuffer<double>& audio) const {
        PeakAt largest;
        for (int c = 0; c < audio.channels(); ++c)
            for (Frames n = -33; n < audio.frames() + 33; ++n) {
                const double here = peak(audio.channel(c), audio.frames(), n);
                if (here > largest.value || (here == largest.value && n < largest.frame)) largest = {here, n};
            }
        return largest;
    }
};
const Direct& direct() {
    static const Direct direct;
    return direct;
}

template <class Sample>
PeakAt metered(const AudioBuffer<Sample>& audio, Frames cut = 0) {
    SerialWorkers workers;
    TruePeakMeter<Sample> meter(audio.channels(), workers);
    const Frames step = cut > 0 ? cut : std::max<Frames>(1, audio.frames());
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(audio.view().slice(n, std::min(step, audio.frames() - n)));
    meter.finish();
    return meter.true_peak();
}

constexpr const char* materials[] = {"white noise", "pink noise", "crushed noise",
                                     "square",      "spikes",     "burst at the start"};
AudioBuffer<double> material(int kind) {
    const Frames frames = 6000;
    AudioBuffer<double> audio = kind == 1 ? test::pink_noise(0.2, frames, 2) : test::noise(0.3, frames, 2);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < frames; ++n) {
            double& x = audio.channel(c)[n];
            if (kind == 2) x = std::clamp(4 * x, -0.9, 0.9);
            if (kind == 3) x = (n / 23 + c) % 2 == 0 ? 0.8 : -0.8;
            if (kind == 4) x = n % 777 == 100 + c ? (n % 2 == 0 ? 0.9 : -0.7) : 0;
            if (kind == 5) x = n < 3 ? (n == 1 ? -0.8 : 0.8) : 0.01 * x;
        }
    return audio;
}

}  // namespace

TEST_CASE("true peak: equals the direct sum at every phase, and says where", "[truepeak]") {
    const int kind = GENERATE(0, 1, 2, 3, 4, 5);
    CAPTURE(materials[kind]);
    const AudioBuffer<double> audio = material(kind);
    const PeakAt expected = direct().peak(audio), found = metered(audio);
    CHECK_THAT(found.value, WithinRel(expected.value, 1e-12));
    double there = 0;
    for (int c = 0; c < 2; ++c) there = std::max(there, direct().peak(audio.channel(c), audio.frames(), found.frame));
    CHECK_THAT(there, WithinRel(expected.value, 1e-12));

    const AudioBuffer<float> rounded = test::as<float>(audio);
    CHECK_THAT(metered(rounded).value, WithinRel(direct().peak(test::as<double>(rounded)).value, 1e-12));
}

TEST_CASE("true peak: reads the same bits however the programme is cut and whoever helps", "[truepeak]") {
    const AudioBuffer<float> audio = test::as<float>(test::pink_noise(0.2, 50000, 3));
    const PeakAt whole = metered(audio);
    for (const Frames cut : {Frames(1), Frames(63), Frames(64), Frames(65), Frames(4096), Frames(16385)}) {
        const PeakAt pieces = metered(audio, cut);
        CHECK(pieces.value == whole.value);
        CHECK(pieces.frame == whole.frame);
    }
    test::MuddledWorkers workers;
    TruePeakMeter<float> meter(3, workers);
    meter.push(audio.view());
    meter.finish();
    CHECK(meter.true_peak().value == whole.value);
    CHECK(meter.true_peak().frame == whole.frame);
}

TEST_CASE("true peak: every instruction set reads the same", "[truepeak]") {
    const AudioBuffer<float> audio = test::as<float>(material(GENERATE(0, 2)));
    const double reference = metered(audio).value;
    test::on_every_isa([&] { CHECK_THAT(metered(audio).value, WithinRel(reference, 1e-13)); });
}

TEST_CASE("true peak: silence reads nothing, and a sample at either end is read", "[truepeak]") {
    CHECK(metered(AudioBuffer<float>(2, 5000)).value == 0);
    CHECK(metered(AudioBuffer<float>(1, 0)).value == 0);
    for (const Frames at : {Frames(0), Frames(999)}) {
        AudioBuffer<float> audio(2, 1000);
        audio.channel(1)[at] = -0.5f;
        SerialWorkers workers;
        TruePeakMeter<float> meter(2, workers);
        meter.push(audio.view());
        meter.finish();
        CHECK(meter.true_peak(0).value == 0);
        CHECK(meter.true_peak(1).value == 0.5);
        CHECK(meter.true_peak(1).frame == at);
        CHECK(meter.sample_peak(1) == 0.5);
        CHECK(meter.sample_peak() == 0.5);
    }
}

TEST_CASE(
    "inter-sample peaks: every interval that passes the threshold has its true peak, the rest no more than theirs",
    "[truepeak]") {
    const int kind = GENERATE(0, 1, 2, 3, 4);
    CAPTURE(materials[kind]);
    const AudioBuffer<double> audio = material(kind);
    const double threshold = kind == 1 ? 0.4 : 0.85;
    const Frames cells = audio.frames() / peak_cell;
    std::vector<float> padded(static_cast<std::size_t>(audio.frames() + 2 * peak_reach_behind)), peaks(padded.size());
    std::copy_n(audio.channel(0), audio.frames(), padded.begin() + peak_reach_before);
    inter_sample_peaks(padded.data() + peak_reach_before, cells, static_cast<float>(threshold), 1, peaks.data());

    std::vector<double> exact(padded.begin() + peak_reach_before, padded.end());
    int passing = 0;
    for (Frames n = 0; n < cells * peak_cell; ++n) {
        const double truth = direct().peak(exact.data(), audio.frames(), n);
        const double found = peaks[static_cast<std::size_t>(n)];
        if (truth > threshold * (1 + 1e-5)) {
            ++passing;
            REQUIRE_THAT(found, WithinAbs(truth, 2e-6));
        } else {
            REQUIRE(found <= truth + 2e-6);
        }
    }
    CHECK(passing > 5);
}

TEST_CASE("inter-sample peaks: asked for the maxima of windows alone, every window's maximum is right", "[truepeak]") {
    const int kind = GENERATE(0, 2, 3);
    CAPTURE(materials[kind]);
    const AudioBuffer<double> audio = material(kind);
    const double threshold = 0.5;
    const Frames cells = audio.frames() / peak_cell, window = GENERATE(128, 300);
    std::vector<double> padded(static_cast<std::size_t>(audio.frames() + 2 * peak_reach_behind)), peaks(padded.size());
    std::copy_n(audio.channel(0), audio.frames(), padded.begin() + peak_reach_before);
    inter_sample_peaks(padded.data() + peak_reach_before, cells, threshold, window, peaks.data());
    std::vector<double> truth;
    for (Frames n = 0; n < cells * peak_cell; ++n) truth.push_back(direct().peak(audio.channel(0), audio.frames(), n));
    for (Frames n = 0; n + window <= cells * peak_cell; ++n) {
        const double expected = *std::max_element(truth.begin() + n, truth.begin() + n + window);
        const double found = *std::max_element(peaks.begin() + n, peaks.begin() + n + window);
        if (expected > threshold) REQUIRE_THAT(found, WithinAbs(expected, 1e-12));
    }
}

TEST_CASE("true peak: hop by hop it equals the direct sum, what rings before and behind counted to the ends",
          "[truepeak]") {
    const int kind = GENERATE(0, 1, 2, 3, 4, 5);
    CAPTURE(materials[kind]);
    const AudioBuffer<double> audio = material(kind);
    const double rate = GENERATE(44100.0, 12500.0);  // hops of 441 frames, and of 125, across the cells of 64
    const Frames cut = GENERATE(1, 64, 1000, 6000);
    TruePeakHops<double> meter(rate);
    for (Frames n = 0; n < audio.frames(); n += cut)
        meter.push(audio.channel(0) + n, std::min(cut, audio.frames() - n));
    meter.finish();
    const auto hop = static_cast<Frames>(rate / 100);
    std::vector<double> expected(static_cast<std::size_t>((audio.frames() + hop - 1) / hop));
    for (Frames n = -33; n < audio.frames() + 33; ++n) {
        double& largest = expected[static_cast<std::size_t>(std::clamp<Frames>(n, 0, audio.frames() - 1) / hop)];
        largest = std::max(largest, direct().peak(audio.channel(0), audio.frames(), n));
    }
    REQUIRE(meter.peaks().size() == expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k)
        REQUIRE_THAT(meter.peaks()[k], WithinAbs(expected[k], 1e-7 * expected[k] + 2e-10));
}
