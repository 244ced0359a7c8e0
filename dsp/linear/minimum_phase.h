// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "dsp/linear/eq_curve.h"

namespace lathe {

/// Phase in radians, unwrapped, of the discrete filter of least phase whose magnitude is the curve's from 0 Hz to rate
/// / 2: size / 2 + 1 values at k · rate / size, size a power of two from 2^13 on. Poles and zeros are taken out first,
/// as those of a matched-z filter whose phase is known exactly (a notch's zeros lie on the unit circle); what is left
/// is smooth, and its phase is had by folding its cepstrum. So neither a narrow bell at 20 Hz nor a zero needs a longer
/// transform. Source: Oppenheim & Schafer, Discrete-Time Signal Processing, 3rd ed., 13.5 (folding).
std::vector<double> minimum_phase(const EqCurve& curve, double rate, std::size_t size);

}  // namespace lathe
