// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/clipper.h"

#include <complex>
#include <numbers>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rate = 44100;

template <class Sample>
AudioBuffer<Sample> clipped(const ClipperSettings& settings, const AudioBuffer<Sample>& audio, double mix = 1,
                            Frames cut = 0) {
    SerialWorkers workers;
    ClipperStage<Sample> stage(settings, 1.0, mix, audio.channels(), workers);
    return run_stage(stage, audio, cut);
}

/// The curve in words of its own: identity, parabola, flat.
double curve(double x, double knee_db) {
    const double a = std::pow(10.0, -knee_db / 20), m = std::abs(x);
    const double y = m <= a ? m : m >= 2 - a ? 1 : m - (m - a) * (m - a) / (4 * (1 - a));
    return std::copysign(y, x);
}

/// Amplitudes of the sines at 0, 50, 100 … Hz of 20 ms.
std::vector<std::complex<double>> lines(const double* samples, std::size_t count) {
    const RealFft<double> fft(count);
    AlignedVector<double> in(samples, samples + count);
    AlignedVector<std::complex<double>> out(count / 2 + 1);
    fft.forward(in.data(), out.data());
    std::vector<std::complex<double>> amplitudes(out.begin(), out.end());
    for (auto& a : amplitudes) a *= 2 / static_cast<double>(count);
    return amplitudes;
}

struct Backwards final : Workers {
    void for_each(int count, const std::function<void(int)>& part) override {
        for (int i = count; i-- > 0;) part(i);
    }
};

}  // namespace

TEST_CASE("oversampler: raises and lowers the rate cleanly", "[clipper]") {
    const int factor = GENERATE(2, 4, 8, 16, 32);
    const double hz = GENERATE(20.0, 997.0, 12345.0, 19999.0);
    const Oversampler<double> oversampler(factor);
    const Frames frames = 512, margin = oversampler.margin();
    Oversampler<double>::Block block(oversampler, frames);
    CAPTURE(factor, hz);

    const AudioBuffer<double> low = sine(hz, 1, rate, frames + 2 * margin);
    REQUIRE(oversampler.up(low.channel(0), block, 0));
    auto& raised = block.raised();
    const Frames top = static_cast<Frames>(factor) * frames;
    double error = 0;
    // Where the block's own frames lie within raised() is found by its first frame, which is raised exactly.
    Frames first = 0;
    for (Frames n = 0; n < 4096 && static_cast<std::size_t>(n + top) < raised.size(); ++n)
        if (raised[static_cast<std::size_t>(n)] == low.channel(0)[margin] &&
            raised[static_cast<std::size_t>(n + factor)] == low.channel(0)[margin + 1])
            first = n;
    for (Frames n = 0; n < top; ++n) {
        const double t = static_cast<double>(margin) + static_cast<double>(n) / factor;
        error = std::max(error, std::abs(raised[static_cast<std::size_t>(first + n)] -
                                         std::sin(2 * std::numbers::pi * hz / rate * t)));
    }
    CHECK(db_from_gain(error) < -110);

    // Back down it is itself, within 0.001 dB.
    std::vector<double> back(static_cast<std::size_t>(frames));
    oversampler.down(block, back.data());
    error = 0;
    for (Frames n = 0; n < frames; ++n)
        error = std::max(error, std::abs(back[static_cast<std::size_t>(n)] - low.channel(0)[margin + n]));
    CHECK(error < 1e-4);

    // What would fold onto hz is gone.
    for (int image = 1; image <= factor / 2; ++image) {
        const double high = image * rate - hz;
        for (std::size_t n = 0; n < raised.size(); ++n)
            raised[n] = std::sin(2 * std::numbers::pi * high / (factor * rate) * static_cast<double>(n));
        oversampler.down(block, back.data());
        double left = 0;
        for (const double x : back) left = std::max(left, std::abs(x));
        CAPTURE(image);
        CHECK(db_from_gain(left) < -110);
    }
}

TEST_CASE("clipper: follows its curve", "[clipper]") {
    const double knee_db = GENERATE(0.5, 3.0, 12.0);
    const ClipperSettings settings{.threshold_db = 0, .knee_db = knee_db, .oversample = GENERATE(1, 8)};
    const AudioBuffer<double> in = sine(10, 3, rate, 44100), out = clipped(settings, in);
    double error = 0, least_slope = 1;
    for (Frames n = 0; n < in.frames(); ++n)
        error = std::max(error, std::abs(out.channel(0)[n] - curve(in.channel(0)[n], knee_db)));
    CHECK(error < (settings.oversample == 1 ? 1e-12 : 2e-4));

    const SoftClip clip(1, knee_db);
    error = 0;
    for (double x = 0; x < 4; x += 1e-3) {
        error = std::max(error, std::abs(clip(x) - curve(x, knee_db)) + std::abs(clip(-x) + clip(x)));
        least_slope = std::min(least_slope, clip(x + 1e-3) - clip(x));
    }
    CHECK(error < 1e-12);
    CHECK(least_slope > -1e-12);
}

TEST_CASE("clipper: a hard clip never passes the threshold at its own rate", "[clipper]") {
    const auto out = clipped<float>({.threshold_db = -3, .knee_db = 0, .oversample = 1}, as<float>(noise(1, 20000, 2)));
    double peak = 0;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < out.frames(); ++n)
            peak = std::max(peak, std::abs(static_cast<double>(out.channel(c)[n])));
    CHECK(peak <= gain_from_db(-3) * (1 + 1e-6));
    CHECK(peak > gain_from_db(-3) * (1 - 1e-6));
}

TEST_CASE("clipper: a clipped sine has the harmonics of its sampled curve, and aliases fall with the oversampling",
          "[clipper]") {
    const int factor = GENERATE(1, 8, 32);
    const double knee_db = GENERATE(0.0, 6.0);
    CAPTURE(factor, knee_db);
    const std::size_t period = 882;  // 20 ms
    const AudioBuffer<double> out =
        clipped({.threshold_db = 0, .knee_db = knee_db, .oversample = factor}, sine(5000, 2, rate, 8820));
    const auto got = lines(out.channel(0) + 5 * period, period);

    // The same curve on the continuous sine, sampled at the raised rate and at one so high that next to nothing folds.
    const auto ideal = [&](std::size_t times) {
        std::vector<double> samples(times * period);
        for (std::size_t n = 0; n < samples.size(); ++n)
            samples[n] = curve(
                2 * std::sin(2 * std::numbers::pi * 100 * static_cast<double>(n) / static_cast<double>(samples.size())),
                knee_db);
        return lines(samples.data(), samples.size());
    };
    const auto raised = ideal(static_cast<std::size_t>(factor)), pure = ideal(1024);
    double worst = 0, alias = 0;
    for (std::size_t line = 1; line <= 400; ++line) {
        worst = std::max(worst, std::abs(got[line] - raised[line]));
        alias = std::max(alias, std::abs(got[line] - pure[line]));
    }
    CHECK(db_from_gain(worst) < -95);
    CHECK(db_from_gain(alias) < (factor == 1 ? -8 : factor == 8 ? -60 : -84));
    CHECK(db_from_gain(std::abs(pure[300])) > -30);
}

TEST_CASE("clipper: what stays below the knee passes bit for bit", "[clipper]") {
    const int oversample = GENERATE(1, 2, 8, 32);
    AudioBuffer<float> in = as<float>(noise(0.05, 30000, 2));
    for (Frames n = 15000; n < 15010; ++n) in.channel(1)[n] = 1.5f;
    const auto out = clipped<float>({.threshold_db = 0, .knee_db = 2, .oversample = oversample}, in);
    const Frames reach = Oversampler<float>(oversample).margin();
    REQUIRE(out.frames() == in.frames());
    Frames changed_far = 0, changed_near = 0;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < in.frames(); ++n) {
            const bool near = c == 1 && n >= 15000 - reach && n < 15010 + reach;
            (near ? changed_near : changed_far) += out.channel(c)[n] != in.channel(c)[n];
        }
    CHECK(changed_far == 0);
    CHECK(changed_near >= 10);
}

TEST_CASE("clipper: mix moves between the sound and the clipped sound", "[clipper]") {
    const ClipperSettings settings{.threshold_db = -6, .knee_db = 3, .oversample = 4};
    const AudioBuffer<double> in = noise(0.5, 10000, 2), full = clipped(settings, in),
                              third = clipped(settings, in, 0.3);
    double error = 0;
    for (Frames n = 0; n < in.frames(); ++n)
        error = std::max(error, std::abs(third.channel(1)[n] - (0.7 * in.channel(1)[n] + 0.3 * full.channel(1)[n])));
    CHECK(error < 1e-14);
    CHECK(residual_db(in, full) > -20);
}

TEST_CASE("clipper: the same samples however the input is cut and whoever does it", "[clipper]") {
    const ClipperSettings settings{.threshold_db = -6, .knee_db = 2, .oversample = 8};
    const AudioBuffer<float> in = as<float>(noise(0.3, 70001, 3));
    const AudioBuffer<float> whole = clipped(settings, in);
    const Frames cut = GENERATE(997, 2047, 2048, 2049, 40000);
    Backwards workers;
    ClipperStage<float> stage(settings, 1.0, 1.0, 3, workers);
    const AudioBuffer<float> pieces = run_stage(stage, in, cut);
    REQUIRE(pieces.frames() == in.frames());
    Frames different = 0;
    for (int c = 0; c < 3; ++c)
        for (Frames n = 0; n < in.frames(); ++n) different += pieces.channel(c)[n] != whole.channel(c)[n];
    CHECK(different == 0);
}

TEST_CASE("clipper: an oversample that is no power of two is refused", "[clipper]") {
    SerialWorkers workers;
    CHECK_THROWS_AS(ClipperStage<float>({.threshold_db = 0, .knee_db = 2, .oversample = 3}, 1, 1, 2, workers),
                    BadSetting);
}
