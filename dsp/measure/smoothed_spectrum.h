// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/measure/spectrum.h"

namespace lathe {

/// Levels of a spectrum, smoothed: at each point the mean density of the power from half of 1/bands octave below it to
/// as much above, in that point's own resolution. What is even stays as it is; nothing is measured anew.
/// levels_db: one of the spectrum's. bands: to the octave, at least 1.
std::vector<double> smoothed_db(const Spectrum& spectrum, const std::vector<double>& levels_db, int bands);

}  // namespace lathe
