// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/reverb.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <string>

#include "dsp/core/error.h"
#include "dsp/linear/room.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;
constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

PreparedReverb prepared(const ReverbSettings& settings, const ImpulseResponse& response, double rate, int channels) {
    SerialWorkers alone;
    return prepare_reverb(settings, response, rate, channels, alone);
}

/// A sharp first tap, then noise that decays by 60 dB in t60_s.
ImpulseResponse decaying(int channels, double rate, double seconds, double t60_s) {
    ImpulseResponse response{noise(0.1, std::llround(seconds * rate), channels, 7), rate, 0};
    for (int c = 0; c < channels; ++c)
        for (Frames n = 0; n < response.audio.frames(); ++n)
            response.audio.channel(c)[n] =
                n == 0 ? 1 : response.audio.channel(c)[n] * std::pow(10, -3 * static_cast<double>(n) / rate / t60_s);
    return response;
}

/// Σ taps[n] e^(−j 2π hz (n − origin) / rate), by the definition.
Complex response_at(const double* taps, Frames count, Frames origin, double rate, double hz) {
    const Complex turn = std::polar(1.0, -2 * pi * hz / rate);
    Complex sum = 0, phase = std::polar(1.0, 2 * pi * hz / rate * static_cast<double>(origin));
    for (Frames n = 0; n < count; ++n, phase *= turn) sum += taps[n] * phase;
    return sum;
}
Complex response_at(const Fir& fir, double rate, double hz) {
    return response_at(fir.taps.data(), static_cast<Frames>(fir.taps.size()), fir.origin, rate, hz);
}

/// The tap at time n.
double tap(const Fir& fir, Frames n) {
    const Frames place = n + fir.origin;
    return place >= 0 && place < static_cast<Frames>(fir.taps.size()) ? fir.taps[static_cast<std::size_t>(place)] : 0;
}

/// Largest |fir − (dry at time 0 + wet · response[channel])|, sample by sample.
double difference(const Fir& fir, double dry, double wet, const ImpulseResponse& response, int channel,
                  int second = -1) {
    double worst = fir.origin == 0 ? 0 : 1;
    for (Frames n = 0; n < response.audio.frames(); ++n) {
        double ir = response.audio.channel(channel)[n];
        if (second >= 0) ir += response.audio.channel(second)[n];
        worst = std::max(worst, std::abs(tap(fir, n) - (n == 0 ? dry : 0) - wet * ir));
    }
    return worst;
}

}  // namespace

TEST_CASE("reverb: is dry + wet · response, for every count of channels", "[reverb]") {
    const ReverbSettings settings{.wet_db = -20, .dry_db = -6};
    const double dry = std::pow(10, -0.3), wet = 0.1, rate = 48000;

    const ImpulseResponse mono = decaying(1, rate, 0.05, 0.1);
    const FirMatrix three = prepared(settings, mono, rate, 3).matrix;
    REQUIRE((three.outputs() == 3 && three.inputs() == 3));
    for (int o = 0; o < 3; ++o)
        for (int i = 0; i < 3; ++i)
            if (o == i)
                CHECK(difference(three.at(o, i), dry, wet, mono, 0) < 1e-15);
            else
                CHECK(three.at(o, i).empty());

    const ImpulseResponse stereo = decaying(2, rate, 0.05, 0.1);
    const FirMatrix two = prepared(settings, stereo, rate, 2).matrix;
    CHECK(difference(two.at(0, 0), dry, wet, stereo, 0) < 1e-15);
    CHECK(difference(two.at(1, 1), dry, wet, stereo, 1) < 1e-15);
    CHECK((two.at(0, 1).empty() && two.at(1, 0).empty()));
    const FirMatrix widened = prepared(settings, stereo, rate, 1).matrix;
    REQUIRE((widened.outputs() == 2 && widened.inputs() == 1));
    CHECK(difference(widened.at(0, 0), dry, wet, stereo, 0) < 1e-15);
    CHECK(difference(widened.at(1, 0), dry, wet, stereo, 1) < 1e-15);

    const ImpulseResponse four = decaying(4, rate, 0.05, 0.1);  // LL, LR, RL, RR
    const FirMatrix crossed = prepared(settings, four, rate, 2).matrix;
    CHECK(difference(crossed.at(0, 0), dry, wet, four, 0) < 1e-15);
    CHECK(difference(crossed.at(1, 0), 0, wet, four, 1) < 1e-15);
    CHECK(difference(crossed.at(0, 1), 0, wet, four, 2) < 1e-15);
    CHECK(difference(crossed.at(1, 1), dry, wet, four, 3) < 1e-15);
    const FirMatrix centred = prepared(settings, four, rate, 1).matrix;
    CHECK(difference(centred.at(0, 0), dry, wet, four, 0, 2) < 1e-15);
    CHECK(difference(centred.at(1, 0), dry, wet, four, 1, 3) < 1e-15);
}

TEST_CASE("reverb: either sound may be left out", "[reverb]") {
    const ImpulseResponse response = decaying(1, 44100, 0.1, 0.1);
    CHECK(prepared({.wet_db = minus_infinity}, response, 44100, 2).matrix.is_identity());
    const Fir wet_only = prepared({.wet_db = 0, .dry_db = minus_infinity}, response, 44100, 1).matrix.at(0, 0);
    CHECK(difference(wet_only, 0, 1, response, 0) < 1e-15);
}

TEST_CASE("reverb: a response at another rate keeps its frequency response", "[reverb]") {
    const auto [from, to] =
        GENERATE(std::pair{44100.0, 48000.0}, std::pair{48000.0, 44100.0}, std::pair{96000.0, 44100.0},
                 std::pair{44100.0, 192000.0}, std::pair{192000.0, 48000.0}, std::pair{32000.0, 88200.0},
                 std::pair{44056.0, 48000.0});
    const ImpulseResponse response = decaying(1, from, 0.2, 0.15);
    const Fir fir = prepared({.wet_db = 0, .dry_db = minus_infinity}, response, to, 1).matrix.at(0, 0);
    double worst_db = 0, worst_turn = 0;
    for (double hz = 10; hz < 0.45 * std::min(from, to); hz += 61.7) {
        const Complex before = response_at(response.audio.channel(0), response.audio.frames(), 0, from, hz);
        const Complex after = response_at(fir, to, hz);
        if (std::abs(before) < 0.3) continue;  // between two modes
        worst_db = std::max(worst_db, std::abs(20 * std::log10(std::abs(after / before))));
        worst_turn = std::max(worst_turn, std::abs(std::arg(after / before)));
    }
    CAPTURE(from, to);
    CHECK(worst_db < record("Reverb", "frequency response of a response used at another rate",
                            "the same at its own rate, direct sums", 1e-4, worst_db, "dB"));
    CHECK(worst_turn < 1e-5);
    // Above half the lower rate there is nothing.
    for (double hz = 0.5 * std::min(from, to) * 1.001; hz < 0.5 * to; hz += 997)
        CHECK(std::abs(response_at(fir, to, hz)) < 1e-5);
}

TEST_CASE("reverb: a minute at another rate keeps its last echo in time", "[reverb]") {
    ImpulseResponse response{{1, 60 * 44100}, 44100, 0};
    response.audio.channel(0)[0] = 1;
    response.audio.channel(0)[59 * 44100] = 0.5;
    const Fir fir = prepared({.wet_db = 0, .dry_db = minus_infinity}, response, 48000, 1).matrix.at(0, 0);
    // A full-band tap becomes the kernel of the band limit; its middle holds the share of the band that is kept.
    CHECK_THAT(tap(fir, 59 * 48000) / tap(fir, 0), WithinAbs(0.5, 1e-9));
    CHECK_THAT(tap(fir, 0), WithinAbs(44100.0 / 48000 * 2 * 0.47675, 0.001));
}

TEST_CASE("reverb: predelay moves the return by whole frames", "[reverb]") {
    const ImpulseResponse response = decaying(1, 48000, 0.05, 0.1);
    const Fir fir = prepared({.wet_db = 0, .predelay_ms = 20}, response, 48000, 1).matrix.at(0, 0);
    double worst = std::abs(tap(fir, 0) - 1);
    for (Frames n = 1; n < 960; ++n) worst = std::max(worst, std::abs(tap(fir, n)));
    for (Frames n = 0; n < response.audio.frames(); ++n)
        worst = std::max(worst, std::abs(tap(fir, n + 960) - response.audio.channel(0)[n]));
    CHECK(worst < 1e-15);

    // At another rate too, where the response comes with ringing ahead of it.
    const ImpulseResponse other{response.audio, 44100, 0};
    const Fir early = prepared({.wet_db = 0, .dry_db = minus_infinity}, other, 48000, 1).matrix.at(0, 0);
    const Fir late =
        prepared({.wet_db = 0, .dry_db = minus_infinity, .predelay_ms = 2}, other, 48000, 1).matrix.at(0, 0);
    worst = 0;
    for (Frames n = -300; n < 3000; ++n) worst = std::max(worst, std::abs(tap(late, n + 96) - tap(early, n)));
    CHECK(worst < 1e-15);
}

TEST_CASE("reverb: the cuts of the return are Butterworth's, 12 dB/oct, and leave the dry sound alone", "[reverb]") {
    const ImpulseResponse click{[] {
                                    AudioBuffer<double> one(1, 1);
                                    one.channel(0)[0] = 1;
                                    return one;
                                }(),
                                48000, 0};
    const ReverbSettings settings{.wet_db = 0, .dry_db = minus_infinity, .low_cut_hz = 200, .high_cut_hz = 5000};
    const Fir fir = prepared(settings, click, 48000, 1).matrix.at(0, 0);
    CHECK(fir.origin == 0);  // minimum phase: nothing early
    for (const double hz : {60.0, 200.0, 1000.0, 5000.0, 12000.0}) {
        const double low = 1 / std::sqrt(1 + std::pow(200 / hz, 4)), high = 1 / std::sqrt(1 + std::pow(hz / 5000, 4));
        CAPTURE(hz);
        CHECK_THAT(20 * std::log10(std::abs(response_at(fir, 48000, hz)) / (low * high)), WithinAbs(0, 0.02));
    }
    const Fir both = prepared({.wet_db = 0, .low_cut_hz = 200, .high_cut_hz = 5000}, click, 48000, 1).matrix.at(0, 0);
    CHECK_THAT(tap(both, 0) - tap(fir, 0), WithinAbs(1, 1e-15));
}

TEST_CASE("reverb: decay_scale sets the reverberation time", "[reverb]") {
    const double scale = GENERATE(0.25, 0.5, 0.8);
    const ImpulseResponse response = decaying(2, 44100, 3, 2);
    CHECK_THAT(mid_band_t60(response), WithinRel(2.0, 0.03));
    const Fir fir =
        prepared({.wet_db = 0, .dry_db = minus_infinity, .decay_scale = scale}, response, 44100, 2).matrix.at(0, 0);
    // The levels of two stretches tell the decay between them.
    const auto level_db = [&](double from_s) {
        double power = 0;
        for (Frames n = 0; n < 4410; ++n) power += std::pow(tap(fir, std::llround(from_s * 44100) + n), 2);
        return 10 * std::log10(power);
    };
    const double measured = 60 * scale / (level_db(0.05) - level_db(0.05 + scale));
    CHECK_THAT(measured, WithinRel(2 * scale, 0.04));
    CHECK_THAT(tap(fir, 0), WithinAbs(1, 1e-12));
}

TEST_CASE("reverb: ir_normalize gives a mean power of 1 from 20 Hz to 20 kHz", "[reverb]") {
    const int channels = GENERATE(1, 2, 4);
    const double rate = GENERATE(44100.0, 96000.0);
    const ImpulseResponse response = decaying(channels, rate, 0.03, 0.02);
    const FirMatrix matrix =
        prepared({.wet_db = 0, .dry_db = minus_infinity, .ir_normalize = true}, response, 44100, 2).matrix;
    double power = 0, count = 0;
    for (double hz = 20; hz < 20000; hz += 9.7, count += 2)
        for (int o = 0; o < 2; ++o)
            for (int i = 0; i < 2; ++i)
                if (!matrix.at(o, i).empty()) power += std::norm(response_at(matrix.at(o, i), 44100, hz));
    CHECK_THAT(power / count, WithinAbs(1, 0.01));
}

TEST_CASE("reverb: the tail is the time of a fall by 90 dB less the wet attenuation", "[reverb]") {
    const double rate = 44100;
    const ImpulseResponse response = decaying(2, rate, 5, 3);
    ReverbSettings settings{.wet_db = -28};
    const auto seconds = [&](const ReverbSettings& s) {
        return static_cast<double>(prepared(s, response, rate, 2).tail) / rate;
    };
    CHECK_THAT(seconds(settings), WithinAbs(62.0 / 60 * 3, 0.1));
    settings.predelay_ms = 500;
    CHECK_THAT(seconds(settings), WithinAbs(62.0 / 60 * 3 + 0.5, 0.1));
    CHECK_THAT(seconds({.wet_db = -60}), WithinAbs(30.0 / 60 * 3, 0.1));
    CHECK(seconds({.wet_db = -95}) == 0);
    CHECK(seconds({.wet_db = minus_infinity}) == 0);
    CHECK_THAT(seconds({.wet_db = -28, .tail_s = 1.5}), WithinAbs(1.5, 1e-9));

    SerialWorkers workers;
    const ImpulseResponse hall = make_room(RoomPreset::hall, rate, workers);
    CHECK_THAT(static_cast<double>(prepared({.wet_db = -28}, hall, rate, 2).tail) / rate, WithinAbs(3.1, 0.15));
    ImpulseResponse click{{1, 1000}, rate, 0};
    click.audio.channel(0)[0] = 1;
    CHECK(prepared({.wet_db = 0}, click, rate, 2).tail == 0);
}

TEST_CASE("reverb: a response that cannot be used is refused, saying what to do", "[reverb]") {
    const auto why = [](const ImpulseResponse& response, int channels, double decay_scale = 1) {
        try {
            prepared({.wet_db = -20, .decay_scale = decay_scale}, response, 48000, channels);
        } catch (const BadSetting& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    const auto says = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };
    CHECK(says(why(decaying(3, 48000, 0.1, 0.1), 2), "3 channels"));
    CHECK(says(why({{1, 0}, 48000, 0}, 2), "empty"));
    CHECK(says(why({{1, 60 * 8000 + 1}, 8000, 0}, 2), "60 s"));
    CHECK(says(why(decaying(1, 4000, 0.1, 0.1), 2), "4000 Hz"));
    CHECK(says(why(decaying(2, 48000, 0.1, 0.1), 6), "mono"));
    ImpulseResponse broken = decaying(2, 48000, 0.1, 0.1);
    broken.audio.channel(1)[77] = std::numeric_limits<double>::quiet_NaN();
    CHECK(says(why(broken, 2), "sample 77 of channel 2"));
    ImpulseResponse click{{1, 100}, 48000, 0};
    CHECK(says(why(click, 2, 0.5), "decay_scale"));
    CHECK(why(decaying(1, 48000, 0.1, 0.1), 16) == "accepted");
}
