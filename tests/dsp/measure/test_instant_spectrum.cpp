// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/instant_spectrum.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const Spectrum& part_of(const Instant& instant, SpectrumPart part) {
    return instant.spectra[static_cast<std::size_t>(part)];
}

double highest(const Spectrum& s) { return *std::max_element(s.average_db.begin(), s.average_db.end()); }

}  // namespace

TEST_CASE("a moment's spectrum: a sine of full scale reads 0 dB, 1.3 dB less at most", "[spectrum]") {
    const double rate = GENERATE(44100.0, 96000.0), hz = GENERATE(41.0, 97.0, 150.0, 440.0, 1001.0, 5003.0, 15001.0);
    const Instant found = instant_at(as<float>(sine(hz, 1, rate, instant_frames(rate))).view(), rate);
    CAPTURE(rate, hz);
    CHECK(highest(part_of(found, SpectrumPart::sum)) < 0.1);
    CHECK(highest(part_of(found, SpectrumPart::sum)) > -1.4);
}

TEST_CASE("a moment's spectrum: noise reads as in the whole programme's", "[spectrum]") {
    constexpr double rate = 48000;
    const AudioBuffer<float> audio = as<float>(pink_noise(0.1, 48000 * 20, 2));
    SerialWorkers workers;
    SpectrumMeter meter({}, 2, rate, workers);
    meter.push(audio.view());
    const Spectrum whole = meter.finish();
    std::vector<double> power(whole.hz.size());
    int moments = 0;
    for (Frames at = 0; at + instant_frames(rate) <= audio.frames(); at += instant_frames(rate), ++moments) {
        const Instant found = instant_at(audio.view().slice(at, instant_frames(rate)), rate);
        const Spectrum& s = part_of(found, SpectrumPart::sum);
        REQUIRE(s.hz == whole.hz);
        for (std::size_t i = 0; i < power.size(); ++i) power[i] += power_from_db(s.average_db[i]);
    }
    for (std::size_t i = 0; i < power.size(); i += 24) {  // from 120 Hz on both have one resolution
        if (whole.hz[i] < 150 || whole.hz[i] > 18000) continue;
        CAPTURE(whole.hz[i]);
        CHECK_THAT(db_from_power(power[i] / moments), WithinAbs(whole.average_db[i], 1));
    }
}

TEST_CASE("a moment's spectrum: each part is its own", "[spectrum]") {
    constexpr double rate = 44100;
    AudioBuffer<double> audio = sine(2000, 0.5, rate, instant_frames(rate), 2);
    for (Frames n = 0; n < audio.frames(); ++n) audio.channel(1)[n] *= -0.5;  // mid 1/8, side 3/8
    const Instant found = instant_at(as<float>(audio).view(), rate);
    const auto level = [&](SpectrumPart part) { return highest(part_of(found, part)); };
    CHECK_THAT(level(SpectrumPart::left) - level(SpectrumPart::right), WithinAbs(db_from_gain(2), 0.01));
    CHECK_THAT(level(SpectrumPart::side) - level(SpectrumPart::mid), WithinAbs(db_from_gain(3), 0.01));
    CHECK_THAT(level(SpectrumPart::left), WithinAbs(db_from_gain(0.5), 0.3));
    CHECK_THAT(static_cast<double>(found.stereo.all.correlation), WithinAbs(-1, 1e-3));
    const Instant mono = instant_at(as<float>(sine(2000, 0.5, rate, instant_frames(rate))).view(), rate);
    CHECK(highest(part_of(mono, SpectrumPart::mid)) == highest(part_of(mono, SpectrumPart::sum)));
    CHECK(part_of(mono, SpectrumPart::side).hz.empty());
}
