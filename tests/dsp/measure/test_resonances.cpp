// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/resonances.h"

#include <cmath>
#include <numbers>
#include <random>
#include <utility>

#include "dsp/core/error.h"
#include "dsp/measure/spectrum.h"
#include "tests/support/catch.h"
#include "tests/support/planted_bells.h"
#include "tests/support/resonance_hunt.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

void plant_in(Channel part, const PlantedBell& bell, double rate, AudioBuffer<float>& audio) {
    if (part == Channel::left || part == Channel::right) {
        const int c = part == Channel::left ? 0 : 1;
        AudioBuffer<float> one(1, audio.frames());
        std::copy_n(audio.channel(c), audio.frames(), one.channel(0));
        plant(bell, rate, one.view());
        std::copy_n(one.channel(0), audio.frames(), audio.channel(c));
        return;
    }
    const auto turn = [&] {  // its own inverse but for a factor of two
        for (Frames n = 0; n < audio.frames(); ++n) {
            const float l = audio.channel(0)[n], r = audio.channel(1)[n];
            audio.channel(0)[n] = l + r;
            audio.channel(1)[n] = l - r;
        }
    };
    turn();
    plant_in(part == Channel::mid ? Channel::left : Channel::right, bell, rate, audio);
    turn();
}

/// Power within a twelfth of an octave.
double band_level_db(const AudioBuffer<float>& audio, double hz) {
    SerialWorkers workers;
    SpectrumMeter meter({.size = 1 << 16}, audio.channels(), 44100, workers);
    meter.push(audio.view());
    const Spectrum spectrum = meter.finish();
    double power = 0;
    for (std::size_t k = 0; k < spectrum.hz.size(); ++k)
        if (std::abs(std::log2(spectrum.hz[k] / hz)) < 1.0 / 24) power += std::pow(10, spectrum.average_db[k] / 10);
    return 10 * std::log10(power);
}

constexpr double returning_hz = 440;

/// Plucked notes of eight partials, two a second, every fourth of them the same, over a little noise.
AudioBuffer<float> melody(double seconds) {
    constexpr double rate = 44100;
    AudioBuffer<float> audio = as<float>(pink_noise(0.003, static_cast<Frames>(seconds * rate), 2));
    std::mt19937 random(11);
    const Frames length = static_cast<Frames>(rate);
    for (Frames note = 0; (note + 3) * length / 2 < audio.frames(); ++note) {
        const double semitone = note % 4 == 0 ? 0 : static_cast<double>(random() % 29) - 17;
        const double hz = returning_hz * std::exp2(semitone / 12);
        for (int partial = 1; partial <= 8; ++partial)
            for (Frames n = 0; n < length; ++n) {
                const double t = static_cast<double>(n) / rate;
                const double x = 0.1 / partial * std::exp(-6 * t) * std::min(1.0, t / 0.003) *
                                 std::sin(2 * std::numbers::pi * hz * partial * t);
                for (int c = 0; c < 2; ++c) audio.channel(c)[note * length / 2 + n] += static_cast<float>(x);
            }
    }
    return audio;
}

}  // namespace

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

TEST_CASE("resonances: a bell in one part of the stereo picture is placed there, with its gain there", "[resonances]") {
    const Channel part = GENERATE(Channel::mid, Channel::side, Channel::left, Channel::right);
    const PlantedBell bell{900, 12, 11};
    AudioBuffer<float> audio = as<float>(pink_noise(0.1, 44100 * 30, 2));
    plant_in(part, bell, 44100, audio);
    const std::vector<Resonance> found = hunt(audio, 44100);
    REQUIRE(!found.empty());
    CAPTURE(static_cast<int>(part));
    CHECK(found[0].channel == part);
    CHECK(std::abs(1200 * std::log2(found[0].frequency_hz / bell.hz)) < 12);
    CHECK(std::abs(found[0].gain_db - bell.gain_db) < 2);
}

TEST_CASE("resonances: a bell in both channels is placed in neither alone, whatever the balance", "[resonances]") {
    AudioBuffer<float> audio = as<float>(pink_noise(0.1, 44100 * 30, 2));
    for (Frames n = 0; n < audio.frames(); ++n) audio.channel(1)[n] = 0.2f * audio.channel(1)[n] + audio.channel(0)[n];
    plant({900, 12, 11}, 44100, audio.view());
    CHECK(hunt(audio, 44100).at(0).channel == Channel::stereo);
}

TEST_CASE("resonances: the suggested cut brings the spectrum back to what it was, and digs no hole", "[resonances]") {
    const PlantedBell bell =
        GENERATE(PlantedBell{80, 20, 12}, PlantedBell{500, 8, 7}, PlantedBell{2500, 30, 10}, PlantedBell{9000, 12, 13});
    const AudioBuffer<float> clean = as<float>(pink_noise(0.1, 44100 * 40, 2, 5));
    AudioBuffer<float> audio = clean;
    plant(bell, 44100, audio.view());
    const Resonance r = hunt(audio, 44100).at(0);
    plant({r.frequency_hz, r.q, r.cut_db}, 44100, audio.view());
    CAPTURE(bell.hz, r.frequency_hz, r.q, r.cut_db);
    for (int twelfth = -6; twelfth <= 6; ++twelfth) {
        const double hz = bell.hz * std::exp2(twelfth / 36.0);
        CHECK(std::abs(band_level_db(audio, hz) - band_level_db(clean, hz)) < 1.5);
    }
}

TEST_CASE("resonances: what rings under every note is sure, a note that returns is not", "[resonances]") {
    AudioBuffer<float> audio = melody(40);
    const auto near = [](const Resonance& r, double hz) { return std::abs(std::log2(r.frequency_hz / hz)) < 1.0 / 24; };
    for (const Resonance& r : hunt(audio, 44100))
        if (near(r, returning_hz)) CHECK((r.kind == ResonanceKind::note || r.confidence < 0.7));
    plant({1130, 16, 11}, 44100, audio.view());
    const std::vector<Resonance> found = hunt(audio, 44100);
    REQUIRE(!found.empty());
    CAPTURE(found[0].frequency_hz);
    CHECK(near(found[0], 1130));
    CHECK(found[0].kind == ResonanceKind::fixed);
    CHECK(found[0].confidence > 0.7);
}

TEST_CASE("resonances: the evidence is the same however the programme is cut", "[resonances]") {
    const AudioBuffer<float> audio = as<float>(pink_noise(0.1, 44100 * 8, 2));
    const ResonanceEvidence whole = evidence_of(audio, 44100);
    const ResonanceEvidence cut = evidence_of(audio, 44100, 4099);
    CHECK(cut.deviation_db == whole.deviation_db);
    CHECK(cut.part_db == whole.part_db);
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
