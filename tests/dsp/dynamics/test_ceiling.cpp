// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/ceiling.h"

#include <cmath>

#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

struct Held {
    AudioBuffer<float> audio;
    double max_reduction_db;
};
Held held(const AudioBuffer<float>& audio, double ceiling_db, double rate, Frames cut = 0) {
    SerialWorkers workers;
    CeilingStage<float> stage(ceiling_db, rate, audio.channels(), workers);
    AudioBuffer<float> out = run_stage<float>(stage, audio, cut);
    return {std::move(out), stage.max_reduction_db()};
}

}  // namespace

TEST_CASE("ceiling: holds a ceiling passed by up to a dB, within 0.005 dB, by little more than that", "[limiter]") {
    const int kind = GENERATE(range(0, hot_signals));
    const double over_db = GENERATE(0.05, 0.3, 1.0), rate = GENERATE(44100.0, 192000.0);
    CAPTURE(hot_signal_names[kind], over_db, rate);
    const AudioBuffer<float> audio = as<float>(hot_signal(kind, 12000));
    const double ceiling_db = true_peak_db(audio) - over_db;
    const Held out = held(audio, ceiling_db, rate);
    REQUIRE(out.audio.frames() == audio.frames());
    CHECK(true_peak_db(out.audio) < ceiling_db + 0.005);
    CHECK(true_peak_db(out.audio) > ceiling_db - 0.05);
    CHECK(out.max_reduction_db >= over_db - 0.001);
    CHECK(out.max_reduction_db < 1.6 * over_db + 0.01);
}

TEST_CASE("ceiling: touches nothing below it, and nothing a few milliseconds from a peak", "[limiter]") {
    AudioBuffer<float> audio = as<float>(noise(0.02, 20000, 2));
    const Held untouched = held(audio, -3, 44100, 1234);
    CHECK(untouched.max_reduction_db == 0);
    CHECK(residual_dbfs(as<double>(audio), as<double>(untouched.audio)) < -1000);

    audio.channel(1)[10000] = 0.75f;
    const Held dipped = held(audio, -3, 44100);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            if (std::abs(n - 10000) > 100) REQUIRE(dipped.audio.channel(c)[n] == audio.channel(c)[n]);
    CHECK(dipped.audio.channel(0)[10000] != audio.channel(0)[10000]);
    CHECK_THAT(dipped.max_reduction_db, WithinAbs(db_from_gain(0.75) + 3, 0.01));
}

TEST_CASE("ceiling: the same bits however the programme is cut", "[limiter]") {
    const AudioBuffer<float> audio = as<float>(swelling_noise(40000));
    const double ceiling_db = true_peak_db(audio) - 0.8;
    const AudioBuffer<float> whole = held(audio, ceiling_db, 48000).audio;
    for (const Frames cut : {Frames(13), Frames(513), Frames(9999)}) {
        const AudioBuffer<float> pieces = held(audio, ceiling_db, 48000, cut).audio;
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < audio.frames(); ++n) REQUIRE(pieces.channel(c)[n] == whole.channel(c)[n]);
    }
}
