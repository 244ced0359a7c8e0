// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/workers.h"
#include "dsp/measure/resonance_evidence.h"

namespace lathe {

/// What the network reads at one pitch.
struct ResonanceReading {
    float likelihood;     ///< 0 … 1: a resonance is centred on this point
    float offset_points;  ///< if so, how far from this point it is
    float q, gain_db;     ///< if so, the bell that it is like
};

/// Tells resonances from notes by the shape of the evidence around them: a small convolutional network over pitch, 24
/// channels wide, that sees about an octave and a half to both sides. It was trained on music of many kinds in which
/// bells had been planted (tests/bench/resonance_network), with absolute errors, so q and gain_db are conditional
/// medians: where the evidence is weak they are cautious.
/// duration_s: of the programme. Returns one reading a point of resonance_grid.
std::vector<ResonanceReading> read_resonances(const ResonanceEvidence& evidence, double duration_s, Workers& workers);

}  // namespace lathe
