// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/player/deck.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("player: what is heard is the signal bit for bit, however the output cuts its blocks", "[player]") {
    Deck deck;
    deck.block = GENERATE(1, 100, 128, 4096);
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    deck.player.play();
    CHECK(differing(deck.pull(20000), deck_fade, *signal, deck_fade) == 0);
    const auto start = deck.pull(30000);
    CHECK(differing(start, 0, *signal, 20000) == 0);
    CHECK(differing(start, 0, *signal, 20001) == 30000);

    deck.player.seek(70007);
    CHECK(differing(deck.pull(8000), deck_fade, *signal, 70007 + deck_fade) == 0);
}

TEST_CASE("player: a loop of n frames comes back after n frames, blended for 5 ms and exact outside", "[player]") {
    Deck deck;
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    const Frames from = 10000, to = 23457, length = to - from;
    deck.player.set_loop(from, to);
    deck.player.seek(from);
    deck.player.play();
    const auto heard = deck.pull(4 * length);
    for (Frames round = 0; round < 4; ++round) {
        CAPTURE(round);
        AudioBuffer<float> part(2, length);
        copy_audio<float>(heard.view().slice(round * length, length), part.view());
        CHECK(differing(part, deck_fade, *signal, from + deck_fade) == 0);
        if (round == 0) continue;
        for (Frames n = 0; n < deck_fade; ++n) {
            const double in = fade_weight(n, deck_fade);
            const double seam = in * signal->at(0, from + n) + (1 - in) * signal->at(0, to + n);
            REQUIRE_THAT(part.channel(0)[n], WithinAbs(seam, 1e-7));
        }
    }

    deck.player.clear_loop();
    const Frames left = deck.player.position(deck.time());
    CHECK(left == from);
    CHECK(differing(deck.pull(20000), deck_fade, *signal, left + deck_fade) == 0);
}

TEST_CASE("player: what is heard stays in place when a loop is set around it", "[player]") {
    Deck deck;
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    deck.player.play();
    deck.pull(5000);
    deck.player.set_loop(4000, 12000);
    const auto heard = deck.pull(7000);
    CHECK(differing(heard, deck_fade, *signal, 5000 + deck_fade) == 0);
    CHECK(deck.player.position(deck.time()) == 4000);
    deck.player.set_loop(4000, 4001);
    CHECK_NOTHROW(deck.pull(7000));
}

TEST_CASE("player: pause fades out within 5 ms, and play goes on where it stopped", "[player]") {
    Deck deck;
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    CHECK(largest(deck.pull(1000)) == 0.0f);
    deck.player.play();
    deck.pull(1000);
    deck.player.pause();
    CHECK(!deck.player.playing());
    const auto fading = deck.pull(1000);
    CHECK(largest(fading) > 0.1f);
    for (Frames n = deck_fade; n < 1000; ++n) REQUIRE(fading.channel(0)[n] == 0.0f);
    const Frames stopped = deck.player.position(deck.time());
    CHECK(stopped == 1000 + deck_fade);
    deck.player.play();
    CHECK(differing(deck.pull(1000), deck_fade, *signal, stopped + deck_fade) == 0);
    CHECK(deck.player.underruns() == 0);
}

TEST_CASE("player: the position is the frame heard now, the output's latency later than asked for", "[player]") {
    Deck deck;
    deck.hand->latency = 0.1;
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    deck.player.seek(30000);
    CHECK(deck.player.position(deck.time()) ==
          30000);  // at rest, the place is known before the output has asked for it
    deck.player.play();
    deck.pull(9600);
    const double handed_over = static_cast<double>(deck.hand->pulled) / deck_rate;
    CHECK(deck.player.position(handed_over) == 30000 + 9600 - 4800);
    CHECK(deck.player.position(handed_over + 0.01) == 30000 + 9600 - 4800 + 480);
    CHECK(deck.player.position(handed_over + 60) == 30000 + 9600);  // nothing more has been asked for
    deck.player.seek(80000);
    deck.pull(2400);
    CHECK(deck.player.position(handed_over + 0.05) == 30000 + 9600 - 2400);
    CHECK(deck.player.position(handed_over + 0.1) == 80000);
}

TEST_CASE("player: a scrub is heard for 80 ms from its place, and play begins there", "[player]") {
    Deck deck;
    const auto signal = memory(noise(0.2, 96000, 2));
    deck.hear(signal);
    deck.player.scrub(40000);
    auto heard = deck.pull(6000);
    for (Frames n = deck_fade; n < 16 * deck_fade - 2 * deck_fade; ++n)
        REQUIRE(heard.channel(0)[n] == signal->at(0, 40000 + n));
    for (Frames n = 16 * deck_fade + 256; n < 6000; ++n) REQUIRE(heard.channel(0)[n] == 0.0f);
    CHECK(deck.player.position(deck.time()) == 40000);
    deck.player.scrub(50000);  // dragged on before the grain is over
    deck.pull(1000);
    deck.player.scrub(50500);
    CHECK(differing(deck.pull(1000), deck_fade, *signal, 50500 + deck_fade) == 0);
    CHECK(!deck.player.playing());
    deck.player.play();
    CHECK(differing(deck.pull(1000), deck_fade, *signal, 50500 + deck_fade) == 0);
    deck.player.scrub(60000);  // while playing it is a seek
    CHECK(differing(deck.pull(9000), deck_fade, *signal, 60000 + deck_fade) == 0);
}

TEST_CASE("player: playing stops at the end of what is heard", "[player]") {
    Deck deck;
    const auto signal = memory(noise(0.2, 10000, 2));
    deck.hear(signal);
    deck.player.play();
    const auto heard = deck.pull(12000);
    CHECK(differing(heard, deck_fade, *signal, deck_fade) == 0);
    CHECK(!deck.player.playing());
    CHECK(deck.player.position(deck.time()) < 10000 + 256 + deck_fade);
    CHECK(deck.player.underruns() == 0);
    deck.player.seek(0);
    deck.player.play();
    CHECK(deck.player.playing());
    CHECK(differing(deck.pull(5000), deck_fade, *signal, deck_fade) == 0);
}

TEST_CASE("player: a new render is heard from the same frame on, and the old one is let go", "[player]") {
    Deck deck;
    auto before = memory(noise(0.2, 96000, 2, 1));
    const auto after = memory(noise(0.2, 96000, 2, 2));
    deck.hear(before);
    deck.player.play();
    deck.pull(10000);
    deck.hear(after);
    CHECK(differing(deck.pull(20000), deck_fade, *after, 10000 + deck_fade) == 0);
    const std::weak_ptr<const Signal> old = before;
    before.reset();
    wait_until([&] { return old.expired(); });
}

TEST_CASE("player: a signal of another rate or of 17 channels is refused in words", "[player]") {
    Deck deck;
    CHECK_THROWS_WITH(deck.hear(memory(noise(0.2, 10, 2), 44100)),
                      "a signal of 44100 Hz cannot be played at 48000 Hz; convert it");
    CHECK_THROWS_WITH(deck.hear(memory(noise(0.2, 10, 17))), "a signal of 17 channels cannot be played; 1 to 16 can");
}
