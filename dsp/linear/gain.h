// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"
#include "dsp/linear/gain_settings.h"

namespace lathe {

/// The same gain on every channel; 0 dB is the identity.
FirMatrix design_gain(const GainSettings& settings, int channels);

}  // namespace lathe
