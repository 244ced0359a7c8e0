// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/linear/fir.h"

namespace lathe {

/// Zero-phase low-pass magnitude of a crossover: 1 / (1 + (hz / crossover_hz)^(slope_db_oct / 6)), that of a
/// Linkwitz-Riley filter: −6.02 dB at the crossover.
double crossover_low_pass(double hz, double crossover_hz, double slope_db_oct);

/// The bands of a programme, from the lowest up, one more than there are crossovers. Each is a linear-phase response
/// with its centre at time zero: a low pass, differences of low passes, and what is left of the unit impulse. So the
/// bands sum to the unit impulse but for double's rounding (some 1e-16 a tap). A low pass is as short as a magnitude
/// within 1e-4 of crossover_low_pass() allows (1e-3 above 20 kHz). Throws BadSetting where the crossovers do not
/// ascend, one is not positive or lies at or above rate / 2, or the slope is not a multiple of 12; none gives one band,
/// the unit impulse.
std::vector<Fir> design_crossover(std::span<const double> crossovers_hz, double slope_db_oct, double rate);

}  // namespace lathe
