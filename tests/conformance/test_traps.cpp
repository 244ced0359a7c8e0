// SPDX-License-Identifier: GPL-3.0-or-later
// Mistakes seen in public meters: signals on which each would show, and by how much.
#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/measure/true_peak_filter.h"
#include "tests/conformance/programme.h"
#include "tests/conformance/reconstruction.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

TEST_CASE("trap 1: the high pass of K-weighting is not divided by its a0, which would lose 0.043 dB", "[traps]") {
    const double exact = -23 + db_from_power(2) + test::sine_reading_lufs(48000);
    CHECK_THAT(integrated_lufs(test::metered(48000, {{20, -23}})).value(), WithinAbs(exact, 0.001));
}

TEST_CASE("trap 3: every phase of the true-peak filter is the mirror of the one across", "[traps]") {
    const auto& taps = TruePeakFilter<double>::get().all;
    for (int p = 1; p < true_peak_phases; ++p)
        for (int k = 0; k < true_peak_taps; ++k) {
            CAPTURE(p, k);
            REQUIRE(taps[k][p] == taps[true_peak_taps - 1 - k][true_peak_phases - p]);
        }
}

TEST_CASE("trap 3: a programme played backwards has the same true peak", "[traps]") {
    const auto audio = test::noise(0.1, 5000, 1, 3);
    AudioBuffer<double> backwards(1, audio.frames());
    std::reverse_copy(audio.channel(0), audio.channel(0) + audio.frames(), backwards.channel(0));
    CHECK_THAT(test::metered_true_peak(backwards), WithinRel(test::metered_true_peak(audio), 1e-12));
}

TEST_CASE("trap 4: the true peak is never below the sample peak", "[traps]") {
    const double rate = 48000;
    auto audio =
        test::sine(rate / 4, 0.5, rate, 24000);  // peaks on the samples, where a filter of BS.1770 reads 0.22 dB less
    test::ease(audio, 480);
    CHECK(test::metered_true_peak(audio) >= 0.5);
    CHECK_THAT(test::metered_true_peak(audio), WithinAbs(0.5, 0.0005));
}

TEST_CASE("trap 5: 400 ms that start between steps of 100 ms are found whole, which a grid of 100 ms reads 0.58 dB low",
          "[traps]") {
    const LoudnessBlocks blocks = test::metered(48000, {{0.05, test::silence}, {0.4, -23}, {1, test::silence}});
    const double exact = -23 + db_from_power(2) + test::sine_reading_lufs(48000);
    CHECK_THAT(momentary_max_lufs(blocks).value(), WithinAbs(exact, 0.01));
    const auto on_steps = momentary_curve_lufs(blocks);
    CHECK_THAT(*std::max_element(on_steps.begin(), on_steps.end()), WithinAbs(exact + db_from_power(0.875), 0.01));
}

TEST_CASE("trap 6: the loudness range keeps what lies 10 to 20 LU below the mean, and no more", "[traps]") {
    CHECK_THAT(loudness_range_lu(test::metered(48000, {{20, -38}, {20, -20}})).value(), WithinAbs(18, 0.01));
    CHECK(loudness_range_lu(test::metered(48000, {{20, -45}, {20, -20}})).value() < 5);
}
