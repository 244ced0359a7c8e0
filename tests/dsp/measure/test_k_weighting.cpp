// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/k_weighting.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

TEST_CASE("K-weighting: the block form equals the two recursions sample by sample", "[measure]") {
    const double rate = GENERATE(44100.0, 192000.0);
    const int channels = GENERATE(1, 2, 3);
    const auto audio = test::noise(0.2, 8 * 5000, channels);
    AudioBuffer<double> blocked(channels, audio.frames()), direct(channels, audio.frames());
    KWeighting filter(channels, rate);
    for (Frames n = 0; n < audio.frames(); n += 8 * 100)
        filter.process(audio.view().slice(n, 800), blocked.view().slice(n, 800));

    const KCoefficients k = k_coefficients(rate);
    for (int c = 0; c < channels; ++c) {
        double x1 = 0, x2 = 0, u1 = 0, u2 = 0, y1 = 0, y2 = 0;
        for (Frames n = 0; n < audio.frames(); ++n) {
            const double x = audio.channel(c)[n];
            const double u = k.shelf.b0 * x + k.shelf.b1 * x1 + k.shelf.b2 * x2 - k.shelf.a1 * u1 - k.shelf.a2 * u2;
            const double y = u - 2 * u1 + u2 - k.high_pass.a1 * y1 - k.high_pass.a2 * y2;
            x2 = x1, x1 = x, u2 = u1, u1 = u, y2 = y1, y1 = y;
            direct.channel(c)[n] = y;
        }
    }
    CHECK(test::residual_db(direct, blocked) < -210);
}
