// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/gain.h"

#include "dsp/core/decibel.h"

namespace lathe {

FirMatrix design_gain(const GainSettings& settings, int channels) {
    return same_on_all(unit_fir(gain_from_db(settings.gain_db)), channels);
}

}  // namespace lathe
