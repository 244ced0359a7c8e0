// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/songs.h"

#include <cmath>

namespace lathe::demo {
namespace {

using Chord = std::vector<int>;  ///< MIDI notes, the root first

/// Time in beats from the song's first.
class Score {
public:
    Score(double bpm, int bars, int beats_a_bar) : beat_s_(60 / bpm), bars_(bars), beats_(beats_a_bar) {}
    int bars() const { return bars_; }
    int beats() const { return beats_; }
    Stem empty_stem() const { return Stem(2, std::llround((lead_in_s + bars_ * beats_ * beat_s_ + 2.5) * demo_rate)); }
    Note note(int bar, double beat, double length_beats, double hz, double level, double pan = 0) const {
        return {lead_in_s + (bar * beats_ + beat) * beat_s_, length_beats * beat_s_, hz, level, pan};
    }

private:
    static constexpr double lead_in_s = 0.35;
    double beat_s_;
    int bars_, beats_;
};

/// A little unevenness, as hands have it: 1 ± amount.
double human(const CounterRandom& random, int bar, double beat, double amount) {
    return 1 + amount * (2 * random.uniform(static_cast<std::uint64_t>(bar * 64 + std::lround(beat * 8))) - 1);
}

Stem drums(const Score& score, unsigned seed, const std::vector<double>& kicks, const std::vector<double>& snares,
           double hat_step, int first_bar) {
    const CounterRandom random(seed);
    Stem stem = score.empty_stem();
    for (int bar = first_bar; bar < score.bars(); ++bar) {
        for (const double beat : kicks)
            play_kick(stem, demo_rate, score.note(bar, beat, 0, 0, 0.8 * human(random, bar, beat, 0.06)));
        for (const double beat : snares)
            play_snare(stem, demo_rate, score.note(bar, beat, 0, 0, 0.55 * human(random, bar, beat, 0.1), -0.05),
                       random);
        for (double beat = 0; beat < score.beats(); beat += hat_step) {
            Note hat = score.note(bar, beat, 0, 0,
                                  (std::fmod(beat, 1) == 0 ? 0.16 : 0.11) * human(random, bar, beat, 0.25), 0.25);
            hat.length_s = bar % 4 == 3 && beat >= score.beats() - hat_step ? 0.12 : 0.022;
            play_hat(stem, demo_rate, hat, random);
        }
    }
    add_room(stem, demo_rate, 0.5, 0.05);
    return stem;
}

Stem bass_line(const Score& score, const std::vector<Chord>& chords, const std::vector<std::pair<double, int>>& pattern,
               double length, double level) {
    Stem stem = score.empty_stem();
    for (int bar = 0; bar < score.bars(); ++bar) {
        const int root = chords[static_cast<std::size_t>(bar) % chords.size()].front() - 24;
        for (const auto& [beat, interval] : pattern)
            play_bass(stem, demo_rate, score.note(bar, beat, length, hz_of(root + interval), level));
    }
    return stem;
}

using Play = void (*)(Stem&, double, const Note&);

Stem chord_part(const Score& score, const std::vector<Chord>& chords, Play play, const std::vector<double>& onsets,
                double length, double level, double room_s) {
    Stem stem = score.empty_stem();
    for (int bar = 0; bar < score.bars(); ++bar) {
        const Chord& chord = chords[static_cast<std::size_t>(bar) % chords.size()];
        for (const double beat : onsets)
            for (std::size_t i = 0; i < chord.size(); ++i)
                play(stem, demo_rate,
                     score.note(bar, beat + 0.012 * static_cast<double>(i), length, hz_of(chord[i]), level,
                                -0.3 + 0.2 * static_cast<double>(i)));
    }
    add_room(stem, demo_rate, room_s, 0.12);
    return stem;
}

struct Step {
    double beat, length;
    int midi;
};

/// A melody: a phrase of some bars, played from a bar on as often as it fits.
Stem melody(const Score& score, Play play, int from_bar, int phrase_bars, const std::vector<Step>& phrase, double level,
            double pan, double room_s) {
    Stem stem = score.empty_stem();
    for (int bar = from_bar; bar + phrase_bars <= score.bars(); bar += phrase_bars)
        for (const Step& step : phrase)
            play(stem, demo_rate, score.note(bar, step.beat, step.length, hz_of(step.midi), level, pan));
    add_room(stem, demo_rate, room_s, 0.18);
    return stem;
}

Stem arpeggio(const Score& score, const std::vector<Chord>& chords, double step, double level, unsigned seed) {
    const CounterRandom random(seed);
    Stem stem = score.empty_stem();
    for (int bar = 0; bar < score.bars(); ++bar) {
        const Chord& chord = chords[static_cast<std::size_t>(bar) % chords.size()];
        int i = 0;
        for (double beat = 0; beat < score.beats(); beat += step, ++i) {
            const int midi = chord[static_cast<std::size_t>(i * 2 + i / 3) % chord.size()] + 12 * (i % 4 == 3);
            play_pluck(
                stem, demo_rate,
                score.note(bar, beat, step, hz_of(midi), level * human(random, bar, beat, 0.2), i % 2 ? 0.5 : -0.5),
                random);
        }
    }
    add_room(stem, demo_rate, 1.1, 0.1);
    return stem;
}

}  // namespace

Song harbour_lights() {
    const Score score(92, 12, 4);
    const std::vector<Chord> chords{{57, 60, 64, 67}, {53, 57, 60, 64}, {48, 55, 60, 64}, {55, 59, 62, 65}};
    const std::vector<Step> tune{{0, 1.5, 76},   {1.5, 0.5, 74}, {2, 2, 72},      {4, 1, 69},  {5, 1, 72}, {6, 1.5, 74},
                                 {7.5, 0.5, 76}, {8, 2.5, 79},   {10.5, 0.5, 76}, {11, 1, 74}, {12, 3, 71}};
    Song song{"harbour", "Harbour Lights", {}};
    song.stems.push_back({"drums", drums(score, 11, {0, 2.5}, {1, 3}, 0.5, 0)});
    song.stems.push_back({"bass", bass_line(score, chords, {{0, 0}, {1.5, 0}, {2.5, 7}, {3.5, 12}}, 0.8, 0.42)});
    song.stems.push_back({"keys", chord_part(score, chords, play_keys, {0, 2.5}, 1.4, 0.2, 1.2)});
    song.stems.push_back({"lead", melody(score, play_lead, 4, 4, tune, 0.22, 0.1, 1.6)});
    song.stems.push_back({"strings", chord_part(score, chords, play_pad, {0}, 3.8, 0.12, 1.8)});
    return song;
}

Song copper_wire() {
    const Score score(124, 14, 4);
    const std::vector<Chord> chords{{52, 59, 64, 67}, {48, 55, 60, 64}, {55, 59, 62, 67}, {50, 57, 62, 66}};
    const std::vector<Step> tune{{0, 0.5, 83}, {0.5, 0.5, 79}, {1, 1, 76},   {2.5, 0.5, 78},
                                 {3, 1, 79},   {4, 0.5, 76},   {4.5, 1, 74}, {6, 2, 71}};
    Song song{"copper", "Copper Wire", {}};
    song.stems.push_back({"drums", drums(score, 23, {0, 1, 2, 3}, {1, 3}, 0.25, 0)});
    song.stems.push_back(
        {"bass", bass_line(score, chords, {{0, 0}, {0.5, 0}, {1, 0}, {1.5, 12}, {2, 0}, {2.5, 0}, {3, 7}, {3.5, 12}},
                           0.42, 0.4)});
    song.stems.push_back({"guitar", arpeggio(score, chords, 0.5, 0.42, 29)});
    song.stems.push_back({"keys", chord_part(score, chords, play_keys, {0.5, 1.5, 2.5, 3.5}, 0.3, 0.15, 0.6)});
    song.stems.push_back({"lead", melody(score, play_lead, 2, 2, tune, 0.2, -0.1, 0.9)});
    song.stems.push_back({"pad", chord_part(score, chords, play_pad, {0}, 3.9, 0.1, 1.5)});
    return song;
}

Song slow_tide() {
    const Score score(68, 8, 4);
    const std::vector<Chord> chords{{50, 57, 62, 66, 69}, {55, 59, 62, 66}, {47, 54, 59, 62}, {45, 57, 61, 64}};
    const std::vector<Step> tune{{0, 3, 78}, {3, 1, 76},  {4, 2.5, 74}, {6.5, 1.5, 71},
                                 {8, 3, 74}, {11, 1, 73}, {12, 3.5, 69}};
    Song song{"tide", "Slow Tide", {}};
    song.stems.push_back({"strings", chord_part(score, chords, play_pad, {0}, 3.9, 0.2, 2.4)});
    song.stems.push_back({"bass", bass_line(score, chords, {{0, 0}, {3, 7}}, 2.6, 0.36)});
    song.stems.push_back({"harp", arpeggio(score, chords, 0.5, 0.3, 37)});
    song.stems.push_back({"lead", melody(score, play_lead, 0, 4, tune, 0.24, 0, 2.2)});
    song.stems.push_back({"drums", drums(score, 41, {0}, {2}, 1, 4)});
    return song;
}

}  // namespace lathe::demo
