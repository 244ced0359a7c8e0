// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <vector>

#include "dsp/core/audio.h"

/// Resonances put into music on purpose, to see whether they are found.
namespace lathe::test {

struct PlantedBell {
    double hz, q, gain_db;
};

/// Three bells at least a third of an octave apart: 45 Hz to 12 kHz and Q 8 to 50, evenly in the logarithm, +7 to +13
/// dB.
std::vector<PlantedBell> random_bells(std::mt19937& random);

/// Puts a peaking biquad (RBJ's cookbook) into every channel.
void plant(const PlantedBell& bell, double rate, AudioView<float> audio);

/// What is left of a bell after a cut, in dB: the largest of its response's thirds of a semitone within a sixth of an
/// octave, each the mean power over a sixth of an octave, of either sign.
double remainder_db(const PlantedBell& bell, double cut_hz, double cut_q, double cut_db);

}  // namespace lathe::test
