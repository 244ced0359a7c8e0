// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/eq_bands.h"
#include "dsp/linear/eq_settings.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// The equaliser as responses, channels → channels, as short as the contract's accuracy lets them be (design_bands).
/// Bands work on their parts one part after another: stereo, mid, side, left, right. Neutral bands drop out; with none
/// left it is the identity. Throws BadSetting as design_bands does, and for a part of anything but two channels.
FirMatrix design_eq(const EqSettings& settings, double rate, int channels, EqReport* report = nullptr);

}  // namespace lathe
