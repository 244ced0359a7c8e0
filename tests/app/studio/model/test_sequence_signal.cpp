// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/sequence_signal.h"

#include "app/studio/model/signals.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("sequence: each part is heard from its place on, their sum where they overlap, silence elsewhere",
          "[studio]") {
    StorageBudget budget("");
    const auto signal_of = [&](const AudioBuffer<float>& audio) {
        auto stored = std::make_shared<StoredAudio<float>>(audio.channels(), budget);
        stored->write(audio.view());
        return std::make_shared<KeptSignal>(std::move(stored), 44100.0);
    };
    const AudioBuffer<float> stereo = as<float>(noise(0.1, 300, 2, 1)), mono = as<float>(noise(0.1, 200, 1, 2));
    const SequenceSignal sequence({{signal_of(stereo), 50}, {signal_of(mono), 320}});
    CHECK(sequence.channels() == 2);
    CHECK(sequence.frames() == 520);
    const Frames from = GENERATE(-30, 0, 49, 51, 319, 330, 345, 515, 600), count = GENERATE(1, 64, 700);
    CAPTURE(from, count);
    AudioBuffer<float> out(2, count);
    sequence.read(from, out.view());
    bool is_right = true;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < count; ++n) {
            const Frames at = from + n;
            const float first = at >= 50 && at < 350 ? stereo.channel(c)[at - 50] : 0;
            const float second = at >= 320 && at < 520 ? mono.channel(0)[at - 320] : 0;
            is_right &= out.channel(c)[n] == first + second;
        }
    CHECK(is_right);
}
