// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "dsp/measure/resonance_evidence.h"

namespace lathe {

enum class ResonanceKind { fixed, note };

/// A narrow band that stands out whatever is played. The bells are the contract's: (s² + s·A/q + 1) / (s² + s/(A·q) +
/// 1).
struct Resonance {
    double frequency_hz = 0;
    double q = 0;                       ///< of the bell that it is like
    double gain_db = 0;                 ///< of that bell
    Channel channel = Channel::stereo;  ///< the part of a stereo programme that alone has it; stereo: all has
    double prominence_db = 0;           ///< what the spectrum's median over time stands above its surroundings there
    double decay_t60_s = 0;             ///< of its ring: 2.2 · (q·A) / f, for a bell's poles have the quality q·A
    double presence = 0;                ///< share of the programme's time in which it stands out, 0 … 1
    ResonanceKind kind = ResonanceKind::fixed;  ///< note: it comes and goes with a note of that pitch, and is more
                                                ///< likely one than not
    double confidence = 0;                      ///< 0 … 1: how likely it is a resonance and no note
    double cut_db = 0;  ///< gain of the bell at frequency_hz and q in `channel` that undoes it, at most 0; never deeper
                        ///< than what stands out, so that no hole is dug
};

/// The nearest note of equal temperament, A4 = 440 Hz, and how far above it: "A4 +12 cents".
std::string note_name(double hz);

/// The resonances of a programme, worst first: the most certain, and of those alike the strongest.
/// duration_s: the programme's. most: how many at most.
std::vector<Resonance> find_resonances(const ResonanceEvidence& evidence, double duration_s, int most,
                                       Workers& workers);

}  // namespace lathe
