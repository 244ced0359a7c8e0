// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "app/demo/songs.h"
#include "dsp/core/error.h"
#include "dsp/measure/resonances.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/resonance_score.h"
#include "tests/support/signals.h"

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

ResonanceEvidence evidence_of(const AudioBuffer<float>& audio, double rate, Frames cut = 0) {
    SerialWorkers workers;
    ResonanceEvidenceMeter meter(audio.channels(), rate, audio.frames(), workers);
    const Frames step = cut > 0 ? cut : audio.frames();
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(audio.view().slice(n, std::min(step, audio.frames() - n)));
    return meter.finish();
}

std::vector<Resonance> hunt(const AudioBuffer<float>& audio, double rate) {
    SerialWorkers workers;
    return find_resonances(evidence_of(audio, rate), static_cast<double>(audio.frames()) / rate, 20, workers);
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

TEST_CASE("resonances: a bell in noise is measured", "[resonances]") {
    const auto [rate, hz] = GENERATE(std::pair{44100.0, 120.0}, std::pair{48000.0, 1000.0}, std::pair{96000.0, 6300.0});
    const PlantedBell bell{hz, 15, 10};
    AudioBuffer<float> audio = as<float>(pink_noise(0.1, static_cast<Frames>(30 * rate), 2));
    plant(bell, rate, audio.view());
    const std::vector<Resonance> found = hunt(audio, rate);
    CAPTURE(bell.hz);
    REQUIRE(!found.empty());
    CHECK(std::abs(1200 * std::log2(found[0].frequency_hz / bell.hz)) < 12);
    CHECK(std::abs(found[0].gain_db - bell.gain_db) < 1.5);
    CHECK(std::abs(std::log2(found[0].q / bell.q)) < 0.4);
    CHECK(found[0].confidence > 0.7);
    CHECK(found[0].kind == ResonanceKind::fixed);
}

TEST_CASE("resonances: the evidence is the same however the programme is cut", "[resonances]") {
    const AudioBuffer<float> audio = as<float>(pink_noise(0.1, 44100 * 8, 2));
    const ResonanceEvidence whole = evidence_of(audio, 44100);
    CHECK(evidence_of(audio, 44100, 4099).deviation_db == whole.deviation_db);
}

TEST_CASE("resonances: silence has none, and what is too short is refused", "[resonances]") {
    CHECK(hunt(AudioBuffer<float>(1, 44100 * 10), 44100).empty());
    SerialWorkers workers;
    CHECK_THROWS_AS(ResonanceEvidenceMeter(1, 44100, 1, workers), InputError);
}

TEST_CASE("resonances: notes are named", "[resonances]") {
    CHECK(note_name(440) == "A4");
    CHECK(note_name(261.6256) == "C4");
    CHECK(note_name(32.7032) == "C1");
    CHECK(note_name(440 * std::exp2(0.12 / 12)) == "A4 +12 cents");
    CHECK(note_name(440 * std::exp2(-0.9 / 12)) == "G#4 +10 cents");
}
