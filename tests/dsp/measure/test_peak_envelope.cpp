// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/peak_envelope.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("peak envelope: the largest magnitude of every cell over the channels, at any cut", "[measure]") {
    constexpr Frames cell = PeakEnvelope<float>::cell, frames = 20 * cell + 7;
    const Frames cut = GENERATE(1, 63, 64, 1000, 2000);
    const AudioBuffer<float> audio = as<float>(noise(0.2, frames, 3));
    PeakEnvelope<float> envelope(3);
    for (Frames n = 0; n < frames; n += cut) envelope.push(audio.view().slice(n, std::min(cut, frames - n)));
    envelope.finish();
    REQUIRE(envelope.peaks().size() == 21);
    std::vector<float> largest(21, 0.0f);
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < 3; ++c) {
            float& peak = largest[static_cast<std::size_t>(n / cell)];
            peak = std::max(peak, std::abs(audio.channel(c)[n]));
        }
    CHECK(envelope.peaks() == largest);
}
