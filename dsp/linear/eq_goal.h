// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/eq_curve.h"
#include "dsp/linear/fir_design.h"

namespace lathe {

/// Whether the contract has a realised curve follow the prototype at hz to 0.01 dB: from 20 Hz to 20 kHz, wherever it
/// lies above −60 dB and outside the notches.
bool is_followed_closely(const EqCurve& curve, double hz, double magnitude);

/// What the contract asks of a realised curve on size / 2 + 1 bins of rate, with a tenth to spare for what lies between
/// bins.
MagnitudeGoal eq_goal(const EqCurve& curve, double rate, std::size_t size);

}  // namespace lathe
