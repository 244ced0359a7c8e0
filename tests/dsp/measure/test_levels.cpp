// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "dsp/measure/levels.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
template <class Sample>
Levels measured(const AudioBuffer<Sample>& audio, Frames cut = 4096, double full_scale = 1) {
    LevelMeter<Sample> meter(audio.channels(), full_scale);
    for (Frames n = 0; n < audio.frames(); n += cut)
        meter.push(audio.view().slice(n, std::min(cut, audio.frames() - n)));
    return meter.finish();
}
}  // namespace

TEST_CASE("levels: DC, peak and RMS of a sine on an offset are in closed form", "[measure]") {
    auto audio = test::sine(1000, 0.5, 48000, 48000, 2);
    for (Frames n = 0; n < audio.frames(); ++n) audio.channel(1)[n] = 0.1 - audio.channel(1)[n];
    const Levels levels = measured(audio);
    CHECK_THAT(levels.channels[0].dc_offset, WithinAbs(0, 1e-12));
    CHECK_THAT(levels.channels[1].dc_offset, WithinAbs(0.1, 1e-12));
    CHECK_THAT(levels.channels[0].sample_peak, WithinAbs(0.5, 1e-12));
    CHECK_THAT(levels.channels[1].sample_peak, WithinAbs(0.6, 1e-12));
    CHECK_THAT(levels.sample_peak(), WithinAbs(0.6, 1e-12));
    CHECK_THAT(levels.channels[0].rms, WithinAbs(0.5 / std::sqrt(2.0), 1e-12));
    CHECK_THAT(levels.channels[1].rms, WithinAbs(std::sqrt(0.125 + 0.01), 1e-12));
    CHECK(levels.frames == 48000);
}

TEST_CASE(
    "levels: correlation is 1 for equal channels, -1 for opposed, 0 for a quarter turn, and none for mono or a silent "
    "side",
    "[measure]") {
    const auto with_right = [](double gain, double phase) {
        auto audio = test::sine(1000, 0.5, 48000, 48000, 2);
        copy_audio<double>(test::sine(1000, gain, 48000, 48000, 1, phase).view(), audio.view().only(1));
        return measured(audio).correlation;
    };
    const double quarter = std::acos(-1.0) / 2;
    CHECK_THAT(with_right(0.1, 0).value(), WithinAbs(1, 1e-12));
    CHECK_THAT(with_right(-0.9, 0).value(), WithinAbs(-1, 1e-12));
    CHECK_THAT(with_right(0.5, quarter).value(), WithinAbs(0, 1e-12));
    CHECK_THAT(with_right(0.5, quarter / 1.5).value(), WithinAbs(0.5, 1e-12));
    CHECK_FALSE(with_right(0, 0));
    CHECK_FALSE(measured(test::sine(1000, 0.5, 48000, 4800)).correlation);
    CHECK_FALSE(measured(AudioBuffer<double>(2, 4800)).correlation);
}

TEST_CASE("levels: only runs of three and more at full scale count as clipped, on either side and across any cut",
          "[measure]") {
    AudioBuffer<double> audio(2, 5000);
    const auto fill = [&](int c, Frames first, Frames count, double value) {
        for (Frames n = first; n < first + count; ++n) audio.channel(c)[n] = value;
    };
    fill(0, 10, 2, 1.0);     // too short
    fill(0, 1022, 4, 1.0);   // over the edge of a block
    fill(0, 2000, 2, -1.0);  // one run: two below, two above
    fill(0, 2002, 2, 1.25);
    fill(0, 4997, 3, -1.0);    // to the very end
    fill(1, 100, 3, 0.99999);  // below full scale of floats and of 24 bits, not of 16
    fill(1, 1022, 2, 1.0);     // at the end of a block, and one more at the start of the next but one: no run
    fill(1, 2048, 1, 1.0);
    const Frames cut = GENERATE(1, 100, 1024, 1025, 5000);
    CHECK(measured(audio, cut).channels[0].clipped == 4 + 4 + 3);
    CHECK(measured(audio, cut).channels[1].clipped == 0);
    CHECK(measured(audio, cut, full_scale(24)).clipped() == 4 + 4 + 3);
    CHECK(measured(audio, cut, full_scale(16)).clipped() == 4 + 4 + 3 + 3);
}

TEST_CASE("levels: the largest positive integer of 16, 24 and 32 bits is full scale, in float too", "[measure]") {
    const int bits = GENERATE(16, 24, 32);
    CAPTURE(bits);
    CHECK(full_scale(bits) == 1 - std::pow(2.0, 1 - bits));
    AudioBuffer<double> audio(1, 30);
    for (Frames n = 10; n < 13; ++n) audio.channel(0)[n] = 1 - std::pow(2.0, 1 - bits);
    for (Frames n = 20; n < 23; ++n) audio.channel(0)[n] = 1 - std::pow(2.0, 2 - bits) - std::pow(2.0, 1 - bits) - 1e-7;
    CHECK(measured(audio, 4096, full_scale(bits)).clipped() == 3);
    CHECK(measured(test::as<float>(audio), 4096, full_scale(bits)).clipped() == 3);
    CHECK(full_scale(0) == 1);
}

TEST_CASE("levels: silence ends where a channel reaches -80 dBFS", "[measure]") {
    AudioBuffer<double> audio(2, 10000);
    audio.channel(0)[100] = 0.99e-4;
    audio.channel(1)[2500] = -1.01e-4;
    audio.channel(0)[7000] = 0.5;
    audio.channel(1)[9000] = 0.99e-4;
    const Frames cut = GENERATE(1, 1024, 3000, 10000);
    const Levels levels = measured(audio, cut);
    CHECK(levels.leading_silence == 2500);
    CHECK(levels.trailing_silence == 2999);
    const Levels silent = measured(AudioBuffer<double>(2, 700), cut);
    CHECK(silent.leading_silence == 700);
    CHECK(silent.trailing_silence == 700);
    CHECK(measured(AudioBuffer<double>(2, 0), cut).leading_silence == 0);
}

TEST_CASE("levels: the same bits however the programme is cut", "[measure]") {
    const auto audio = test::as<float>(test::noise(0.3, 12345, 2));
    const Levels whole = measured(audio, audio.frames());
    const Levels cut = measured(audio, GENERATE(1, 777, 1024, 4096));
    for (std::size_t c = 0; c < 2; ++c) {
        CHECK(cut.channels[c].dc_offset == whole.channels[c].dc_offset);
        CHECK(cut.channels[c].rms == whole.channels[c].rms);
    }
    CHECK(cut.correlation == whole.correlation);
}
