// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/accuracy/limiter/bursts.h"
#include "tests/accuracy/limiter/delivery.h"
#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rates[] = {44100, 48000, 96000};

LimiterSettings random_settings(std::mt19937& random) {
    const auto from = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    const auto from_log = [&](double low, double high) { return low * std::pow(high / low, from(0, 1)); };
    LimiterSettings settings;
    settings.style = static_cast<LimiterStyle>(random() % 3);
    settings.lookahead_ms = from_log(0.1, 20);
    if (random() % 3 == 0) settings.attack_ms = std::max(0.1, settings.lookahead_ms * from(0.1, 1));
    settings.release_ms.number = from_log(1, 2000);
    if (random() % 4 == 0) settings.release_ms.word = "auto";
    settings.link = random() % 3 == 0 ? from(0, 1) : static_cast<double>(random() % 2);
    settings.drive_db = random() % 2 == 0 ? 0 : from(-6, 12);
    return settings;
}

/// Limits, delivers, and holds both to the ceiling.
void check(const AudioBuffer<float>& audio, double rate, std::mt19937& random, double ceiling_db) {
    const LimiterSettings settings = random_settings(random);
    const int bits = random() % 2 ? 16 : 24;
    const double to = rates[random() % 3];
    const auto dither = static_cast<DitherKind>(random() % 3);
    CAPTURE(rate, to, bits, static_cast<int>(dither), ceiling_db);
    CAPTURE(static_cast<int>(settings.style), settings.lookahead_ms, settings.attack_ms.value_or(-1),
            settings.release_ms.number, settings.release_ms.word, settings.link, settings.drive_db);
    const AudioBuffer<float> out = limited(audio, settings, ceiling_db, rate);
    const double over = true_peak_db(out) - ceiling_db;
    CHECK(over <
          record("Limiter", "over the ceiling, random bursts, every setting", "true-peak meter", 0.005, over, "dB"));
    CHECK(over > -0.2);
    const double after = true_peak_db(delivered(out, rate, stream_format(bits, to, ceiling_db, dither))) - ceiling_db;
    CHECK(after < record("Limiter",
                         rate == to ? "over the ceiling as delivered in 16 and 24 bits, random bursts"
                                    : "over the ceiling as delivered at another rate, random bursts",
                         "true-peak meter", 0.02, after, "dB"));
}

bool same_bits(const AudioBuffer<float>& a, const AudioBuffer<float>& b) {
    if (a.channels() != b.channels() || a.frames() != b.frames()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames(), b.channel(c))) return false;
    return true;
}

}  // namespace

TEST_CASE("limiter: no random burst passes the ceiling, limited or delivered, whatever the settings", "[limiter]") {
    for (int i = 0; i < 64; ++i) {
        std::mt19937 random(static_cast<unsigned>(i));
        const double ceiling_db = -0.1 * (random() % 400), rate = rates[i % 3];
        check(bursts(1500, gain_from_db(ceiling_db), rate, random), rate, random, ceiling_db);
    }
}

TEST_CASE("limiter: two sines joined at any offset stay below the ceiling, limited or delivered", "[limiter]") {
    for (int i = 0; i < 8; ++i) {
        std::mt19937 random(static_cast<unsigned>(100 + i));
        const double ceiling_db = -0.1 * (random() % 400), rate = rates[i % 3];
        check(joined_sines(1024, gain_from_db(ceiling_db), rate, random), rate, random, ceiling_db);
    }
}

TEST_CASE("limiter: bursts below the ceiling pass bit for bit, limited and delivered, whatever the settings",
          "[limiter]") {
    for (int i = 0; i < 30; ++i) {
        std::mt19937 random(static_cast<unsigned>(200 + i));
        LimiterSettings settings = random_settings(random);
        settings.drive_db = 0;
        const double ceiling_db = -0.1 * (random() % 60), rate = rates[i % 3];
        AudioBuffer<float> audio = bursts(200, 1, rate, random);
        const double gain = gain_from_db(ceiling_db - 0.03 - true_peak_db(audio));  // 0.03 dB: what dither is left
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < audio.frames(); ++n) audio.channel(c)[n] *= static_cast<float>(gain);
        CAPTURE(i, rate, ceiling_db);
        CHECK(same_bits(limited(audio, settings, ceiling_db, rate), audio));
        const StreamFormat held = stream_format(i % 2 ? 16 : 24, rate, ceiling_db, static_cast<DitherKind>(i / 2 % 3));
        StreamFormat free = held;
        free.ceiling_dbtp.reset();
        CHECK(same_bits(delivered(audio, rate, held), delivered(audio, rate, free)));
    }
}
