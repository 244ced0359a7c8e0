// SPDX-License-Identifier: GPL-3.0-or-later
// EBU Tech 3341, Table 1: the signals for true peak, cases 15 to 23, at every usual rate.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "dsp/core/decibel.h"
#include "tests/conformance/reconstruction.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
constexpr double pi = std::numbers::pi;

double any_rate() { return GENERATE(44100.0, 48000.0, 96000.0, 192000.0); }

void check_reading(int number, double read_db, double nominal_db, const char* against, double exact_db) {
    CAPTURE(number, read_db, exact_db);
    CHECK(read_db < nominal_db + 0.2);
    CHECK(read_db > nominal_db - 0.4);
    const double error = std::abs(read_db - exact_db);
    CHECK(error <
          test::record("True peak", "EBU Tech 3341 case " + std::to_string(number), against, 0.02, error, "dB"));
}

/// A tone of fs/6 at half scale that holds one period of fs/4 at full scale, made at 4 fs, low-passed and decimated
/// from `offset` on.
AudioBuffer<double> tone_with_one_loud_period(double rate, int offset) {
    const int before = 24 * static_cast<int>(rate / 240), total = 2 * before + 16;  // 100 ms on either side
    const double fade_frames = 4 * rate / 100;
    std::vector<double> fast(static_cast<std::size_t>(total));
    for (int n = 0; n < total; ++n) {
        double& x = fast[static_cast<std::size_t>(n)];
        const double fade = std::min({1.0, n / fade_frames, (total - 1 - n) / fade_frames});
        if (n < before)
            x = 0.5 * fade * std::sin(2 * pi * n / 24);
        else if (n < before + 16)
            x = std::sin(2 * pi * (n - before) / 16);
        else
            x = 0.5 * fade * std::sin(2 * pi * (n - before - 16) / 24);
    }
    double low_pass[513];
    for (int k = -256; k <= 256; ++k)
        low_pass[k + 256] = (k == 0 ? 0.25 : std::sin(pi * k / 4) / (pi * k)) * (0.5 + 0.5 * std::cos(pi * k / 257));
    AudioBuffer<double> audio(2, total / 4);
    for (Frames n = 0; n < audio.frames(); ++n) {
        double sum = 0;
        for (int k = -256; k <= 256; ++k) {
            const Frames at = 4 * n + offset + k;
            if (at >= 0 && at < total) sum += fast[static_cast<std::size_t>(at)] * low_pass[k + 256];
        }
        audio.channel(0)[n] = audio.channel(1)[n] = sum;
    }
    return audio;
}
}  // namespace

TEST_CASE("true peak: steady tones read their amplitude (EBU Tech 3341, cases 15 to 19)", "[conformance]") {
    struct Case {
        int number, divisor;
        double amplitude, degrees;
    };
    const double rate = any_rate();
    const Case tone = GENERATE(Case{15, 4, 0.5, 0}, Case{16, 4, 0.5, 45}, Case{17, 6, 0.5, 60}, Case{18, 8, 0.5, 67.5},
                               Case{19, 4, 1.41, 45});
    CAPTURE(rate);
    AudioBuffer<double> audio = test::sine(rate / tone.divisor, tone.amplitude, rate, static_cast<Frames>(rate / 2), 2,
                                           tone.degrees / 180 * pi);
    test::ease(audio, static_cast<Frames>(rate / 100));
    check_reading(tone.number, db_from_gain(test::metered_true_peak(audio)), tone.amplitude > 1 ? 3 : -6,
                  "the tone's amplitude", db_from_gain(tone.amplitude));
}

TEST_CASE("true peak: one loud period between the samples reads 0 dBTP (EBU Tech 3341, cases 20 to 23)",
          "[conformance]") {
    const double rate = any_rate();
    const int offset = GENERATE(0, 1, 2, 3);
    CAPTURE(rate);
    const auto audio = tone_with_one_loud_period(rate, offset);
    check_reading(20 + offset, db_from_gain(test::metered_true_peak(audio)), 0, "64x Fourier interpolation",
                  db_from_gain(test::fourier_peak(audio)));
}
