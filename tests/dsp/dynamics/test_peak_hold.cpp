// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "dsp/dynamics/peak_hold.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

TEST_CASE("peak hold: every value is the largest of its window, at any window", "[dynamics]") {
    const Frames window = GENERATE(1, 2, 3, 4, 15, 16, 17, 100, 511, 1103, 2500);
    CAPTURE(window);
    constexpr Frames block = 512, blocks = 12;
    const AudioBuffer<double> noise = test::noise(1, block * blocks);
    PeakHold<double> hold(window, block);
    AlignedVector<double> out(block);
    Frames wrong = 0;
    for (Frames start = 0; start < block * blocks; start += block) {
        for (Frames i = 0; i < block; ++i) hold.input()[i] = std::abs(noise.channel(0)[start + i]);
        hold.run(out.data());
        for (Frames i = 0; i < block; ++i) {
            double largest = 0;
            for (Frames k = std::max(Frames(0), start + i - window + 1); k <= start + i; ++k)
                largest = std::max(largest, std::abs(noise.channel(0)[k]));
            wrong += !(out[static_cast<std::size_t>(i)] == largest);
        }
    }
    CHECK(wrong == 0);
}
