// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <thread>

#include "dsp/core/decibel.h"
#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
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

// Several hands that take the parts in a muddled order.
class MuddledWorkers final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&, t] {
                for (int i = count - 1 - t; i >= 0; i -= 3) part(i);
            });
        for (auto& thread : threads) thread.join();
    }
};

// EBU Tech 3341 cases 20 to 23: a tone of fs/6 at half scale that holds one period of fs/4 at full scale, made at 4 fs.
AudioBuffer<double> tone_with_one_loud_period(int offset) {
    const int before = 24 * 100, total = 2 * before + 16;
    std::vector<double> fast(static_cast<std::size_t>(total));
    for (int n = 0; n < total; ++n) {
        double& x = fast[static_cast<std::size_t>(n)];
        const double fade = std::min({1.0, n / 480.0, (total - 1 - n) / 480.0});
        if (n < before)
            x = 0.5 * fade * std::sin(2 * pi * n / 24);
        else if (n < before + 16)
            x = std::sin(2 * pi * (n - before) / 16);
        else
            x = 0.5 * fade * std::sin(2 * pi * (n - before - 16) / 24);
    }
    AudioBuffer<double> audio(2, total / 4);
    for (Frames n = 0; n < audio.frames(); ++n) {
        double sum = 0;
        for (int k = -256; k <= 256; ++k) {
            const Frames at = 4 * n + offset + k;
            if (at < 0 || at >= total) continue;
            const double sinc = k == 0 ? 0.25 : std::sin(pi * k / 4) / (pi * k);
            sum += fast[static_cast<std::size_t>(at)] * sinc * (0.5 + 0.5 * std::cos(pi * k / 257));
        }
        audio.channel(0)[n] = audio.channel(1)[n] = sum;
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
    MuddledWorkers workers;
    TruePeakMeter<float> meter(3, workers);
    meter.push(audio.view());
    meter.finish();
    CHECK(meter.true_peak().value == whole.value);
    CHECK(meter.true_peak().frame == whole.frame);
}

TEST_CASE(
    "true peak: EBU Tech 3341 cases 15 to 19 read as the standard asks, and within 0.02 dB of the sine's amplitude",
    "[truepeak][conformance]") {
    struct Case {
        int divisor;
        double amplitude, degrees;
    };
    const double rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    const Case tone =
        GENERATE(Case{4, 0.5, 0}, Case{4, 0.5, 45}, Case{6, 0.5, 60}, Case{8, 0.5, 67.5}, Case{4, 1.41, 45});
    AudioBuffer<double> audio = test::sine(rate / tone.divisor, tone.amplitude, rate, static_cast<Frames>(rate / 2), 2,
                                           tone.degrees / 180 * pi);
    const auto fade = static_cast<Frames>(rate / 100);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < fade; ++n) {
            const double gain = static_cast<double>(n) / static_cast<double>(fade);
            audio.channel(c)[n] *= gain;
            audio.channel(c)[audio.frames() - 1 - n] *= gain;
        }
    const double read = db_from_gain(metered(test::as<float>(audio)).value);
    CAPTURE(rate, tone.divisor, tone.degrees);
    CHECK(read < (tone.amplitude > 1 ? 3.0 : -6.0) + 0.2);
    CHECK(read > (tone.amplitude > 1 ? 3.0 : -6.0) - 0.4);
    CHECK_THAT(read, WithinAbs(db_from_gain(tone.amplitude), 0.02));
}

TEST_CASE("true peak: EBU Tech 3341 cases 20 to 23, one loud period between the samples, read 0.0 +0.2/-0.4 dBTP",
          "[truepeak][conformance]") {
    const int offset = GENERATE(0, 1, 2, 3);
    const double read = db_from_gain(metered(test::as<float>(tone_with_one_loud_period(offset))).value);
    CAPTURE(offset, read);
    CHECK(read < 0.2);
    CHECK(read > -0.4);
}

TEST_CASE("true peak: a sine of any phase up to 20 kHz at 44.1 kHz reads its amplitude within 0.02 dB", "[truepeak]") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> uniform(0, 1);
    double worst = 0;
    for (int i = 0; i < 300; ++i) {
        const double hz = i == 0 ? 20000 : 20 * std::pow(1000.0, uniform(random));
        AudioBuffer<double> audio = test::sine(hz, 0.7, 44100, 12000, 1, 2 * pi * uniform(random));
        for (Frames n = 0; n < 3000; ++n) {  // eased in and out, so that only the steady tone is read
            const double gain = 0.5 - 0.5 * std::cos(pi * static_cast<double>(n) / 3000);
            audio.channel(0)[n] *= gain;
            audio.channel(0)[11999 - n] *= gain;
        }
        worst = std::max(worst, std::abs(db_from_gain(metered(test::as<float>(audio)).value / 0.7)));
    }
    CAPTURE(worst);
    CHECK(worst < 0.02);
}

TEST_CASE("true peak: every instruction set reads the same", "[truepeak]") {
    const AudioBuffer<float> audio = test::as<float>(material(GENERATE(0, 2)));
    const Isa best = active_isa();
    const double reference = metered(audio).value;
    for (const Isa isa : {Isa::sse4_2, Isa::avx2, Isa::avx512}) {
        if (isa > best_isa()) continue;
        use_isa(isa);
        CAPTURE(std::string(isa_name(isa)));
        CHECK_THAT(metered(audio).value, WithinRel(reference, 1e-13));
    }
    use_isa(best);
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

TEST_CASE("true peak: agrees with libebur128 on noise like music within 0.15 dB", "[truepeak]") {
    const AudioBuffer<float> audio = test::as<float>(test::pink_noise(0.1, 400000, 1, 9));
    ebur128_state* state = ebur128_init(1, 44100, EBUR128_MODE_TRUE_PEAK);
    REQUIRE(state != nullptr);
    ebur128_add_frames_float(state, audio.channel(0), static_cast<std::size_t>(audio.frames()));
    double theirs = 0;
    ebur128_true_peak(state, 0, &theirs);
    ebur128_destroy(&state);
    CHECK_THAT(db_from_gain(metered(audio).value), WithinAbs(db_from_gain(theirs), 0.15));
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
