// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/live_sound.h"

#include <chrono>
#include <thread>

#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr int rate = 44100;

/// Asks frame after frame until the moment is there.
std::shared_ptr<const LivePiece> settled(Analyses& analyses, LiveSound& live, const Sound& sound,
                                         const TimePoint& start, double seconds) {
    std::shared_ptr<const LivePiece> piece;
    int at_rest = 0;  // a moment may be found between the asking and the looking
    for (int frame = 0; frame < 3000; ++frame) {
        analyses.begin_frame();
        piece = live.at(sound, start, seconds);
        at_rest = piece && !analyses.is_busy() ? at_rest + 1 : 0;
        if (at_rest == 3) return piece;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return nullptr;
}

/// A ramp, by whose values one knows where one is.
AudioBuffer<double> ramp(Frames frames) {
    AudioBuffer<double> audio(2, frames);
    for (Frames n = 0; n < frames; ++n)
        audio.channel(0)[n] = -(audio.channel(1)[n] = static_cast<double>(n) / static_cast<double>(1 << 22));
    return audio;
}

}  // namespace

TEST_CASE("live: a file and the same audio in memory give the frames around the moment, counted from the start",
          "[studio]") {
    Desk desk;
    const AudioBuffer<double> audio = ramp(5 * rate);
    desk.write("ramp.wav", audio, rate);
    StorageBudget budget(desk.path());
    const auto kept = std::make_shared<StoredAudio<float>>(2, budget);
    kept->write(as<float>(audio).view());
    Analyses analyses{Cache()};
    for (const Sound& sound : {Sound{desk.path() / "ramp.wav", nullptr, 0, {}}, Sound{{}, kept, rate, {}}}) {
        LiveSound live(analyses);
        for (const double seconds : {1.5, 0.0, 4.7}) {
            const auto piece = settled(analyses, live, sound, TimePoint{0.25, -1}, seconds);
            REQUIRE(piece);
            REQUIRE(piece->audio.frames() == instant_frames(rate));
            const Frames first = std::llround((0.25 + seconds) * rate) - piece->audio.frames() / 2;
            bool is_equal = true;
            for (Frames n = 0; n < piece->audio.frames(); n += 97) {
                const bool inside = first + n >= 0 && first + n < audio.frames();
                const double expected = inside ? audio.channel(1)[first + n] : 0;
                is_equal &= std::abs(static_cast<double>(piece->audio.channel(1)[n]) - expected) < 1e-6;
            }
            CAPTURE(seconds);
            CHECK(is_equal);
            CHECK(piece->instant.stereo.all.correlation < -0.99f);
        }
    }
}

TEST_CASE("live: while the moment moves on, what was looked at last stands, and the last moment comes", "[studio]") {
    Desk desk;
    Analyses analyses{Cache()};
    LiveSound live(analyses);
    const Sound sound{desk.path() / "a.wav", nullptr, 0, {}};
    REQUIRE(settled(analyses, live, sound, {}, 0));
    for (int frame = 0; frame < 50; ++frame) {
        analyses.begin_frame();
        CHECK(live.at(sound, {}, 0.02 * frame));
    }
    const auto last = settled(analyses, live, sound, {}, 1.0);
    LiveSound fresh(analyses);
    const auto same = settled(analyses, fresh, sound, {}, 1.0);
    REQUIRE(last);
    REQUIRE(same);
    CHECK(last->audio.channel(0)[100] == same->audio.channel(0)[100]);
    CHECK_FALSE(LiveSound(analyses).at(Sound{}, {}, 0));
}
