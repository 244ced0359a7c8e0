// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/songs.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/resonance_hunt.h"
#include "tests/support/resonance_score.h"

using namespace lathe;
using namespace lathe::test;

namespace {

AudioBuffer<float> mixed(const demo::Song& song) {
    AudioBuffer<float> sum(2, song.stems.front().audio.frames());
    for (const demo::NamedStem& stem : song.stems)
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < sum.frames(); ++n)
                sum.channel(c)[n] += static_cast<float>(0.25 * stem.audio.channel(c)[n]);
    return sum;
}

}  // namespace

TEST_CASE("resonances: bells planted in the demo songs are found, with the cuts that undo them", "[resonances]") {
    ResonanceScore score;
    std::mt19937 random(7);
    for (const demo::Song& song : {demo::harbour_lights(), demo::copper_wire(), demo::slow_tide()}) {
        const AudioBuffer<float> clean = mixed(song);
        score.clean(hunt(clean, demo::demo_rate));
        for (int excerpt = 0; excerpt < 3; ++excerpt) {
            AudioBuffer<float> audio = clean;
            const std::vector<PlantedBell> bells = random_bells(random);
            for (const PlantedBell& bell : bells) plant(bell, demo::demo_rate, audio.view());
            score.planted(hunt(audio, demo::demo_rate), bells);
        }
    }
    CHECK(1 - score.share_in_first(20) <
          record("Resonances", "missed among the first 20", "planted", 0.15, 1 - score.share_in_first(20), "of all"));
    CHECK(1 - score.share_in_first(5) <
          record("Resonances", "missed among the first 5", "planted", 0.3, 1 - score.share_in_first(5), "of all"));
    CHECK(score.median_cents() <
          record("Resonances", "frequency, median", "planted", 12, score.median_cents(), "cents"));
    CHECK(score.median_cut_error_db() <
          record("Resonances", "suggested cut, median", "planted", 1.5, score.median_cut_error_db(), "dB"));
    CHECK(score.median_q_error_octaves() <
          record("Resonances", "Q, median", "planted", 0.6, score.median_q_error_octaves(), "oct"));
    CHECK(score.most_false_alarms() <= 3);
}
