// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"
#include "dsp/core/random.h"

/// The players of the demo album: plain synthesis in double, the same bits on every run.
namespace lathe::demo {

/// One note for one instrument.
struct Note {
    double at_s = 0;        ///< onset
    double length_s = 0.5;  ///< until it is let go
    double hz = 440;
    double level = 1;  ///< linear
    double pan = 0;    ///< −1 left … 1 right, constant power
};

using Stem = AudioBuffer<double>;  ///< two channels

/// Each adds the note to the stem; what would sound behind the stem's end is not heard.
void play_kick(Stem& stem, double rate, const Note& note);
void play_snare(Stem& stem, double rate, const Note& note, const CounterRandom& random);
void play_hat(Stem& stem, double rate, const Note& note, const CounterRandom& random);  ///< length_s: its decay
void play_bass(Stem& stem, double rate, const Note& note);                              ///< a filtered sawtooth
void play_keys(Stem& stem, double rate, const Note& note);  ///< an electric piano: two operators of FM
void play_pad(Stem& stem, double rate, const Note& note);   ///< detuned strings, slow to come and go
void play_lead(Stem& stem, double rate, const Note& note);  ///< a reed with vibrato
void play_pluck(Stem& stem, double rate, const Note& note,
                const CounterRandom& random);  ///< a string, Karplus and Strong 1983

/// Adds the sound of a room to a stem: eight delay lines that feed each other, decaying 60 dB in t60_s at low
/// frequencies.
void add_room(Stem& stem, double rate, double t60_s, double wet);

/// Equal temperament, a' = 69 = 440 Hz.
double hz_of(int midi_note);

}  // namespace lathe::demo
