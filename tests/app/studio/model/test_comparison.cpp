// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/comparison.h"

#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/threads/tbb_workers.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double rate = 44100;

/// Audio in memory, as it is heard.
class Heard final : public Signal {
public:
    explicit Heard(AudioBuffer<float> audio) : audio_(std::move(audio)) {}
    int channels() const override { return audio_.channels(); }
    double rate() const override { return ::rate; }
    Frames frames() const override { return audio_.frames(); }
    void read(Frames from, AudioView<float> out) const override {
        for (int c = 0; c < out.channels; ++c)
            for (Frames n = 0; n < out.frames; ++n)
                out.channel(c)[n] = from + n < frames() ? audio_.channel(c)[from + n] : 0.0f;
    }

private:
    AudioBuffer<float> audio_;
};

AudioBuffer<float> noise_of(double seconds, double gain, int seed) {
    const auto frames = static_cast<Frames>(seconds * rate);
    const AudioBuffer<double> wide = noise(0.1, frames, 2, static_cast<unsigned>(seed));
    AudioBuffer<float> audio(2, frames);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < frames; ++n) audio.channel(c)[n] = static_cast<float>(gain * wide.channel(c)[n]);
    return audio;
}

std::shared_ptr<const LevelHistory> levels_of(const AudioBuffer<float>& audio) {
    TbbWorkers workers;
    LevelHistoryMeter<float> meter(audio.channels(), rate, workers);
    meter.push(audio.view());
    return std::make_shared<const LevelHistory>(meter.finish());
}

}  // namespace

TEST_CASE("comparison: a part measures what it would measure as a programme of its own", "[studio]") {
    AudioBuffer<float> audio = noise_of(12, 1, 1);
    for (Frames n = static_cast<Frames>(6 * rate); n < audio.frames(); ++n)
        for (int c = 0; c < 2; ++c) audio.channel(c)[n] *= 0.25f;
    const StretchFigures part = figures_of(*levels_of(audio), {6, 12});
    AudioBuffer<float> cut(2, audio.frames() / 2);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < cut.frames(); ++n) cut.channel(c)[n] = audio.channel(c)[cut.frames() + n];
    const StretchFigures alone = figures_of(*levels_of(cut), {0, 6});
    // The filters still ring of the loud half: a little in the first 10 ms.
    CHECK_THAT(*part.integrated_lufs, WithinAbs(*alone.integrated_lufs, 0.02));
    CHECK_THAT(*part.short_term_max_lufs, WithinAbs(*alone.short_term_max_lufs, 0.02));
    CHECK_THAT(*part.true_peak_dbtp, WithinAbs(*alone.true_peak_dbtp, 0.1));
    CHECK_THAT(*part.loudness_range_lu, WithinAbs(*alone.loudness_range_lu, 0.02));
    const StretchFigures whole = figures_of(*levels_of(audio), {0, 12});
    CHECK(*whole.integrated_lufs > *part.integrated_lufs + 6);
}

TEST_CASE("comparison: what is only louder differs in nothing once both are equally loud", "[studio]") {
    const AudioBuffer<float> quiet = noise_of(8, 1, 1), loud = noise_of(8, 2, 1);
    const LoudnessDifference found = loudness_difference({levels_of(loud), {0, 8}}, {levels_of(quiet), {0, 8}});
    CHECK_THAT(found.gain_db, WithinAbs(20 * std::log10(2.0), 1e-4));
    REQUIRE(found.short_term_lu.size() == 80);
    CHECK(std::isnan(found.short_term_lu[20]));
    for (std::size_t i = 30; i < 80; ++i) CHECK_THAT(found.short_term_lu[i], WithinAbs(0, 1e-3));
    const std::vector<float> residual =
        residual_db(Heard(noise_of(8, 2, 1)), 0, Heard(noise_of(8, 1, 1)), 0, loud.frames(), found.gain_db, Cancel());
    REQUIRE(residual.size() == 80);
    for (const float db : residual) CHECK(db < -100);
}

TEST_CASE("comparison: the residual of two noises is that of their powers' sum, and of a shift that of its place",
          "[studio]") {
    const Heard a(noise_of(4, 1, 1)), b(noise_of(4, 1, 2));
    double power = 0;
    AudioBuffer<float> x(2, 4410), y(2, 4410);
    a.read(44100, x.view());
    b.read(44100, y.view());
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < 4410; ++n) power += std::pow(x.channel(c)[n], 2) + std::pow(y.channel(c)[n], 2);
    const std::vector<float> residual = residual_db(a, 0, b, 0, a.frames(), 0, Cancel());
    CHECK_THAT(residual[10], WithinAbs(10 * std::log10(power / 8820), 0.5));
    const std::vector<float> same = residual_db(a, 1000, a, 1000, 44100, 0, Cancel());
    for (const float db : same) CHECK(db == -INFINITY);
    CHECK(residual_db(a, 1000, a, 0, 44100, 0, Cancel())[3] > -30);
    CHECK_THROWS_AS(residual_db(a, 0, Heard(AudioBuffer<float>(1, 44100)), 0, 44100, 0, Cancel()), InputError);
}
