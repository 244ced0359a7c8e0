// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "tests/accuracy/limiter/delivery.h"
#include "tests/conformance/music.h"
#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("limiter: songs driven by 12 dB keep the ceiling in every style, depth and rate", "[limiter]") {
    constexpr double ceiling_db = -1;
    int number = 0;
    for (const auto& make : {demo::harbour_lights, demo::copper_wire}) {
        const AudioBuffer<float> song = as<float>(mixed(make()));
        const double drive_db = 12 + ceiling_db - true_peak_db(song);
        for (const auto style : {LimiterStyle::clean, LimiterStyle::punchy, LimiterStyle::dense}) {
            LimiterSettings settings;
            settings.drive_db = drive_db;
            settings.style = style;
            if (++number % 2) settings.release_ms.word = "auto";
            CAPTURE(number, static_cast<int>(style));
            const AudioBuffer<float> out = limited(song, settings, ceiling_db, 44100);
            const double over = true_peak_db(out) - ceiling_db;
            CHECK(over <
                  record("Limiter", "over the ceiling, songs driven by 12 dB", "true-peak meter", 0.005, over, "dB"));
            CHECK(over > -0.1);
            const double other_rate = number % 2 ? 48000 : 96000;
            for (const auto& [bits, rate] :
                 {std::pair{number % 2 ? 24 : 16, 44100.0}, std::pair{number % 4 < 2 ? 24 : 16, other_rate}}) {
                CAPTURE(bits, rate);
                const double after =
                    true_peak_db(delivered(out, 44100, stream_format(bits, rate, ceiling_db))) - ceiling_db;
                CHECK(after < record("Limiter", "over the ceiling as delivered, songs driven by 12 dB",
                                     "true-peak meter", 0.02, after, "dB"));
                CHECK(after > -0.1);
            }
        }
    }
}
