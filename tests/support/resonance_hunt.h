// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "dsp/measure/resonances.h"

namespace lathe::test {

/// cut: frames pushed at a time; 0: all at once.
inline ResonanceEvidence evidence_of(const AudioBuffer<float>& audio, double rate, Frames cut = 0) {
    SerialWorkers workers;
    ResonanceEvidenceMeter meter(audio.channels(), rate, audio.frames(), workers);
    const Frames step = cut > 0 ? cut : audio.frames();
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(audio.view().slice(n, std::min(step, audio.frames() - n)));
    return meter.finish();
}

/// The twenty worst.
inline std::vector<Resonance> hunt(const AudioBuffer<float>& audio, double rate) {
    SerialWorkers workers;
    return find_resonances(evidence_of(audio, rate), static_cast<double>(audio.frames()) / rate, 20, workers);
}

}  // namespace lathe::test
