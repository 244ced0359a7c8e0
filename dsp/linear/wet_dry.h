// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"

namespace lathe {

/// A response as a gain, applied exactly, and the rest, which is convolved: fir = gain · δ + rest.
struct WetDry {
    double gain = 0;
    Fir rest;  ///< starts and ends with a tap that is not zero
};

/// A lone tap at time zero is all gain. Otherwise a power of two close to the tap at time zero is taken out, where that
/// at least halves the power of what is left: the rounding of the transforms then scales with the correction, not with
/// the programme.
WetDry separate(const Fir& fir);

}  // namespace lathe
