// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include "dsp/core/error.h"
#include "tests/app/player/deck.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Reads wait for what lies behind a frame until it is let through.
class HeldSignal : public Signal {
public:
    explicit HeldSignal(std::shared_ptr<const MemorySignal> signal) : signal_(std::move(signal)) {}
    int channels() const override { return signal_->channels(); }
    double rate() const override { return signal_->rate(); }
    Frames frames() const override { return signal_->frames(); }
    void read(Frames from, AudioView<float> out) const override {
        while (from + out.frames > allowed) std::this_thread::sleep_for(std::chrono::microseconds(100));
        signal_->read(from, out);
    }
    std::atomic<Frames> allowed{0};

private:
    std::shared_ptr<const MemorySignal> signal_;
};

class BrokenSignal : public MemorySignal {
public:
    using MemorySignal::MemorySignal;
    void read(Frames, AudioView<float>) const override { throw SystemError("the disk is gone"); }
};

}  // namespace

TEST_CASE("player: what cannot be read in time is silence, faded and counted, and the music then goes on", "[player]") {
    const auto signal = memory(noise(0.2, 96000, 2));
    const auto held = std::make_shared<HeldSignal>(signal);
    held->allowed = 20480;
    Deck deck;
    deck.hear(held);
    deck.player.play();
    wait_until([&] { return deck.player.ahead() >= 20480; });
    const auto heard = deck.pull_now(40000);
    AudioBuffer<float> intact(2, 20480 - deck_fade);
    copy_audio<float>(heard.view().slice(0, intact.frames()), intact.view());
    CHECK(differing(intact, deck_fade, *signal, deck_fade) == 0);
    for (Frames n = 0; n < deck_fade; ++n) {
        const double out = 1 - fade_weight(n, deck_fade);
        REQUIRE_THAT(heard.channel(0)[intact.frames() + n], WithinAbs(out * signal->at(0, intact.frames() + n), 1e-7));
    }
    for (Frames n = 20480; n < 40000; ++n) REQUIRE(heard.channel(0)[n] == 0.0f);
    CHECK(deck.player.underruns() == 1);
    CHECK(deck.player.position(deck.time()) == 20480);
    CHECK(deck.player.playing());

    held->allowed = 1 << 20;
    CHECK(differing(deck.pull(20000), deck_fade, *signal, 20480 + deck_fade) == 0);
    CHECK(deck.player.underruns() == 1);
}

TEST_CASE("player: played before anything could be read, music begins with its first frame", "[player]") {
    const auto signal = memory(noise(0.2, 96000, 2));
    const auto held = std::make_shared<HeldSignal>(signal);
    Deck deck;
    deck.hear(held);
    deck.player.play();
    CHECK(largest(deck.pull_now(5000)) == 0.0f);
    CHECK(deck.player.playing());
    CHECK(deck.player.position(deck.time()) == 0);
    held->allowed = 1 << 20;
    CHECK(differing(deck.pull(9600), deck_fade, *signal, deck_fade) == 0);
    CHECK(deck.player.underruns() == 0);
}

TEST_CASE("player: a slow signal that is not heard leaves the one that is alone, and is in place when chosen",
          "[player]") {
    const auto signal = memory(noise(0.2, 96000, 2, 1)), slow = memory(noise(0.2, 96000, 2, 2));
    const auto held = std::make_shared<HeldSignal>(slow);
    Listening listening;
    listening[Slot::master].signal = signal;
    listening[Slot::reference].signal = held;
    Deck deck;
    deck.player.listen(listening);
    deck.player.play();
    wait_until([&] { return deck.player.ahead() >= 16384; });
    CHECK(differing(deck.pull_now(16000), deck_fade, *signal, deck_fade) == 0);
    held->allowed = 1 << 20;
    deck.pull(30000);
    listening.slot = Slot::reference;
    deck.player.listen(listening);
    CHECK(differing(deck.pull(9600), deck_fade, *slow, 46000 + deck_fade) == 0);
    CHECK(deck.player.underruns() == 0);
}

TEST_CASE("player: a seek to where nothing can be read ends the old place within 30 ms", "[player]") {
    const auto signal = memory(noise(0.2, 96000, 2));
    const auto held = std::make_shared<HeldSignal>(signal);
    held->allowed = 40960;
    Deck deck;
    deck.hear(held);
    deck.player.play();
    wait_until([&] { return deck.player.ahead() >= 20480; });
    deck.pull_now(1000);
    deck.player.seek(60000);
    const auto heard = deck.pull_now(9600);
    for (Frames n = 1440; n < 9600; ++n) REQUIRE(heard.channel(0)[n] == 0.0f);
    CHECK(deck.player.underruns() == 1);
    held->allowed = 1 << 20;
    CHECK(differing(deck.pull(9600), deck_fade, *signal, 60000 + deck_fade) == 0);
}

TEST_CASE("player: a signal that cannot be read is silence and says why", "[player]") {
    Deck deck;
    deck.hear(std::make_shared<BrokenSignal>(AudioBuffer<float>(2, 96000), deck_rate));
    deck.player.play();
    CHECK(largest(deck.pull(5000)) == 0.0f);
    CHECK(deck.player.message() == "the disk is gone");
    deck.hear(memory(noise(0.2, 96000, 2)));
    CHECK(largest(deck.pull(5000)) > 0.1f);
    CHECK(deck.player.message().empty());
}

TEST_CASE("player: where no output can be had the playhead goes on in silence and the reason is told", "[player]") {
    const auto hand = std::make_shared<Hand>();
    hand->refusal = "no sound device was found";
    Player player(deck_rate, std::make_unique<ManualOutput>(hand));
    wait_until([&] { return player.output_name() == "silence"; });
    CHECK(player.message() == "no sound device was found");
    Listening listening;
    listening[Slot::master].signal = memory(noise(0.2, 960000, 2));
    player.listen(listening);
    player.play();
    wait_until([&] { return player.position() > 9600; });

    hand->refusal.clear();
    player.use(std::make_unique<ManualOutput>(hand));  // a device is there now
    wait_until([&] { return player.output_name() == "by hand"; });
    CHECK(player.message().empty());
}

TEST_CASE("player: when the device goes away the playhead goes on in silence", "[player]") {
    Deck deck;
    deck.hear(memory(noise(0.2, 960000, 2)));
    deck.player.play();
    deck.pull(9600);
    {
        const std::lock_guard lock(deck.hand->mutex);
        deck.hand->failure = "sound device \"x\" went away";
    }
    wait_until([&] { return deck.player.output_name() == "silence"; });
    CHECK(deck.player.message() == "sound device \"x\" went away");
    wait_until([&] { return deck.player.position() > 19200; });
    CHECK(deck.player.playing());
}

TEST_CASE("player: calls from two threads while it plays leave nothing but audio within bounds", "[player]") {
    Deck deck;
    std::vector<std::shared_ptr<const Signal>> signals;
    for (unsigned seed = 1; seed < 4; ++seed) signals.push_back(memory(sine(100.0 * seed, 0.5, deck_rate, 96000, 2)));
    std::atomic<bool> done{false};
    std::atomic<float> peak{0};
    std::thread output([&] {
        while (!done) peak = std::max(peak.load(), largest(deck.pull_now(256)));
    });
    std::thread watcher([&] {
        while (!done) {
            const Frames position = deck.player.position();
            if (position < 0 || position > 200000 || deck.player.ahead() < 0) std::abort();
        }
    });
    std::mt19937 random(1);
    const auto any = [&](unsigned below) { return random() % below; };
    Listening listening;
    for (int step = 0; step < 1500 || (peak < 0.1f && step < 100000); ++step) {
        switch (any(8)) {
            case 0:
                listening.signals[any(3)].signal = signals[any(3)];
                break;
            case 1:
                listening.slot = static_cast<Slot>(any(3));
                break;
            case 2:
                listening.mode = static_cast<ListenMode>(any(7));
                break;
            case 3:
                listening.delta = any(2);
                break;
            case 4:
                deck.player.seek(any(90000));
                break;
            case 5:
                deck.player.scrub(any(90000));
                break;
            case 6:
                deck.player.set_loop(any(40000), 40000 + any(40000));
                break;
            case 7:
                any(3) ? deck.player.play() : deck.player.pause();
                break;
        }
        deck.player.listen(listening);
        if (step % 16 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    done = true;
    output.join();
    watcher.join();
    CHECK(peak > 0.1f);
    CHECK(peak <= 1.001f);
}
