// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/core/decibel.h"
#include "tests/app/player/deck.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// The last `frames` frames, where every fade is over.
AudioBuffer<double> settled(const AudioBuffer<float>& heard, Frames frames) {
    AudioBuffer<double> out(2, frames);
    copy_audio<double>(heard.view().slice(heard.frames() - frames, frames), out.view());
    return out;
}

double largest_step(const AudioBuffer<float>& audio) {
    double step = 0;
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 1; n < audio.frames(); ++n)
            step = std::max(step, std::abs(double(audio.channel(c)[n]) - audio.channel(c)[n - 1]));
    return step;
}

Listening three(const std::shared_ptr<const Signal>& source, const std::shared_ptr<const Signal>& master,
                const std::shared_ptr<const Signal>& reference) {
    Listening listening;
    listening[Slot::source].signal = source;
    listening[Slot::master].signal = master;
    listening[Slot::reference].signal = reference;
    return listening;
}

}  // namespace

namespace {

/// A deck that plays sines below 151 Hz and of amplitude 0.25: they move by less than 0.005 a frame, where a click
/// would by up to 0.5.
struct SineDeck : Deck {
    std::shared_ptr<const Signal> a = memory(sine(100, 0.25, deck_rate, 96000, 2));
    std::shared_ptr<const Signal> b = memory(sine(130, 0.25, deck_rate, 96000, 2, 1.0));
    std::shared_ptr<const Signal> c = memory(sine(150, 0.25, deck_rate, 96000, 2, 2.0));
    std::shared_ptr<const Signal> d = memory(sine(120, 0.25, deck_rate, 96000, 2, 3.0));
    Listening listening = three(a, b, c);
};
constexpr double sines_step = 0.25 * 2 * std::numbers::pi * 150 / deck_rate;
constexpr double fade_step = 1.5 / static_cast<double>(deck_fade) * 0.5;  // fade_weight's, between -0.25 and 0.25

struct Change {
    const char* name;
    std::function<void(SineDeck&)> make;
};
Change edit(const char* name, const std::function<void(SineDeck&, Listening&)>& set) {
    return {name, [set](SineDeck& deck) {
                set(deck, deck.listening);
                deck.player.listen(deck.listening);
            }};
}
const std::vector<Change> changes = {
    edit("slot", [](SineDeck&, Listening& l) { l.slot = Slot::reference; }),
    edit("gain", [](SineDeck&, Listening& l) { l[Slot::master].gain_db = -12; }),
    edit("mode", [](SineDeck&, Listening& l) { l.mode = ListenMode::side; }),
    edit("dim", [](SineDeck&, Listening& l) { l.dim = true; }),
    edit("delta", [](SineDeck&, Listening& l) { l.delta = true; }),
    edit("solo",
         [](SineDeck&, Listening& l) {
             l.solo = SoloBand{3000, 4};
         }),
    edit("render", [](SineDeck& deck, Listening& l) { l[Slot::master].signal = deck.d; }),
    {"pause", [](SineDeck& deck) { deck.player.pause(); }},
    {"seek", [](SineDeck& deck) { deck.player.seek(50123); }},
};

AudioBuffer<float> joined(std::initializer_list<const AudioBuffer<float>*> parts) {
    AudioQueue<float> queue(2);
    for (const auto* part : parts) queue.append(part->view());
    AudioBuffer<float> all(2, queue.frames());
    copy_audio<float>(queue.view(), all.view());
    return all;
}

}  // namespace

TEST_CASE("listening: no change clicks, and each is in full effect within 10 ms", "[player]") {
    const Change& change = changes[GENERATE(range(0, 9))];
    const Frames busy = GENERATE(0, 1, 130);  // frames since another change, whose fade is still on
    CAPTURE(change.name, busy);

    SineDeck deck;
    deck.player.listen(deck.listening);
    deck.player.play();
    const auto before = deck.pull(9999);
    if (busy > 0) {
        Listening other = deck.listening;
        other.slot = Slot::source;
        deck.player.listen(other);
    }
    const auto during = deck.pull(busy);
    if (busy > 0) deck.player.listen(deck.listening);
    change.make(deck);
    const auto after = deck.pull(4000);
    CHECK(largest_step(joined({&before, &during, &after})) <= sines_step + fade_step);
    CHECK(deck.player.underruns() == 0);

    // One that was told from the start plays the same. A seek is made when the fade that is on has ended.
    SineDeck told;
    told.player.listen(told.listening);
    told.player.play();
    const bool seek = change.name == std::string("seek");
    const Frames waited = seek && busy > 0 ? deck_fade - busy : 0;
    if (!seek) told.pull(5000);
    change.make(told);
    told.pull(seek ? 480 - waited : 4999 + busy + 480);
    const auto expected = told.pull(3000);
    double difference = 0;
    for (Frames n = 0; n < 3000; ++n)
        difference = std::max<double>(difference, std::abs(after.channel(0)[480 + n] - expected.channel(0)[n]));
    CHECK(difference <= (change.name == std::string("solo") ? 1e-3 : 0));  // a filter has to swing in
}

TEST_CASE("listening: every signal is heard with its own gain, to 1e-6", "[player]") {
    Deck deck;
    const auto source = memory(noise(0.1, 96000, 2, 1)), master = memory(noise(0.1, 96000, 2, 2));
    const auto reference = memory(noise(0.1, 96000, 2, 3));
    Listening listening = three(source, master, reference);
    listening[Slot::source].gain_db = 5.3;
    listening[Slot::master].gain_db = -3.7;
    listening[Slot::reference].gain_db = -11.21;
    deck.player.play();
    Frames at = 0;
    for (const auto& [slot, signal] :
         {std::pair{Slot::source, source}, {Slot::master, master}, {Slot::reference, reference}})
        for (const bool dim : {false, true}) {
            CAPTURE(static_cast<int>(slot), dim);
            listening.slot = slot;
            listening.dim = dim;
            deck.player.listen(listening);
            deck.player.seek(at = 1000);
            deck.player.play();
            const auto heard = deck.pull(4000);
            const double gain = std::pow(10.0, (listening[slot].gain_db - (dim ? 20 : 0)) / 20);
            double error = 0;
            for (int c = 0; c < 2; ++c)
                for (Frames n = deck_fade; n < 4000; ++n)
                    error = std::max(error, std::abs(heard.channel(c)[n] - gain * signal->at(c, at + n)));
            CHECK(error < 1e-6 * gain);
        }
}

TEST_CASE("listening: left, right, mid, side, swap and mono are what their formulas say", "[player]") {
    struct Case {
        ListenMode mode;
        std::function<std::pair<double, double>(double, double)> formula;
    };
    const auto both = [](double x) { return std::pair{x, x}; };
    const auto [mode, formula] = GENERATE_COPY(values<Case>({
        {ListenMode::stereo,
         [=](double l, double r) {
             return std::pair{l, r};
         }},
        {ListenMode::mono, [=](double l, double r) { return both((l + r) / 2); }},
        {ListenMode::left, [=](double l, double) { return both(l); }},
        {ListenMode::right, [=](double, double r) { return both(r); }},
        {ListenMode::mid, [=](double l, double r) { return both((l + r) / 2); }},
        {ListenMode::side, [=](double l, double r) { return both((l - r) / 2); }},
        {ListenMode::swap,
         [=](double l, double r) {
             return std::pair{r, l};
         }},
    }));
    CAPTURE(static_cast<int>(mode));
    Deck deck;
    const auto signal = memory(noise(0.2, 96000, 2));
    Listening listening = three(nullptr, signal, nullptr);
    listening.mode = mode;
    deck.player.listen(listening);
    deck.player.play();
    const auto heard = deck.pull(4000);
    double error = 0;
    for (Frames n = deck_fade; n < 4000; ++n) {
        const auto [left, right] = formula(signal->at(0, n), signal->at(1, n));
        error = std::max({error, std::abs(heard.channel(0)[n] - left), std::abs(heard.channel(1)[n] - right)});
    }
    CHECK(error < 1e-7);
    CHECK(largest(heard) > 0.2f);
}

TEST_CASE("listening: the delta of a signal and a louder copy, heard equally loud, is below -140 dBFS", "[player]") {
    Deck deck;
    const double gain_db = 6.4;
    const auto source = noise(0.1, 96000, 2);
    AudioBuffer<double> louder = source;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < louder.frames(); ++n) louder.channel(c)[n] *= gain_from_db(gain_db);
    Listening listening = three(memory(source), memory(louder), nullptr);
    listening.delta = true;
    listening[Slot::master].gain_db = -gain_db;
    deck.player.listen(listening);
    deck.player.play();
    CHECK(rms_db(settled(deck.pull(20000), 16000).view()) < -140.0);

    listening[Slot::master].gain_db = 0;  // not matched: what is left is the gain's difference
    deck.player.listen(listening);
    const double left = -20 + db_from_gain(gain_from_db(gain_db) - 1);
    CHECK_THAT(rms_db(settled(deck.pull(20000), 16000).view()), WithinAbs(left, 0.1));
}

TEST_CASE("listening: a band alone is heard at 0 dB in its centre, -3 dB at its edges and below -30 dB far off",
          "[player]") {
    const double hz = 1000, q = 5;
    const auto level = [&](double tone) {
        Deck deck;
        Listening listening = three(nullptr, memory(sine(tone, 0.5, deck_rate, 96000, 2)), nullptr);
        listening.solo = SoloBand{hz, q};
        deck.player.listen(listening);
        deck.player.play();
        return rms_db(settled(deck.pull(40000), 24000).view()) - db_from_gain(0.5 / std::numbers::sqrt2);
    };
    CHECK_THAT(level(hz), WithinAbs(0, 0.01));
    const double half_width = 1 / (2 * q), root = std::sqrt(1 + half_width * half_width);
    CHECK_THAT(level(hz * (root + half_width)), WithinAbs(-3.01, 0.1));
    CHECK_THAT(level(hz * (root - half_width)), WithinAbs(-3.01, 0.1));
    CHECK(level(hz / 3) < -30.0);
    CHECK(level(hz * 3) < -30.0);
}

TEST_CASE("listening: one channel is heard on both sides, the first two of more, and no signal as silence",
          "[player]") {
    Deck deck;
    const auto one = memory(noise(0.2, 96000, 1)), six = memory(noise(0.2, 96000, 6));
    Listening listening = three(one, six, nullptr);
    deck.player.listen(listening);
    deck.player.play();
    CHECK(differing(deck.pull(4000), deck_fade, *six, deck_fade) == 0);
    listening.slot = Slot::source;
    deck.player.listen(listening);
    const auto heard = deck.pull(4000);
    for (Frames n = deck_fade; n < 4000; ++n) {
        REQUIRE(heard.channel(0)[n] == one->at(0, 4000 + n));
        REQUIRE(heard.channel(1)[n] == one->at(0, 4000 + n));
    }
    listening.slot = Slot::reference;
    deck.player.listen(listening);
    CHECK(rms_db(settled(deck.pull(4000), 3000).view()) < -1000.0);
}
