// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/measure/spectrum.h"

namespace lathe {

/// A band of IEC 61260-1: base ten, so that ten third-octave bands are a decade; 1 kHz is a centre (an edge, for an
/// even number of bands).
struct OctaveBand {
    double low_hz, centre_hz, high_hz;
};
/// bands: to the octave, 1 to 48. Those that lie between the two frequencies at least in part.
std::vector<OctaveBand> octave_bands(int bands, double from_hz, double to_hz);

/// The spectrum in those bands: each level is that of the power within the band, so the bands' powers add up to the
/// programme's. Percentiles and peaks are summed likewise.
Spectrum in_octave_bands(const Spectrum& spectrum, int bands);

}  // namespace lathe
