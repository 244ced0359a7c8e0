// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"
#include "dsp/stereo/stereo_settings.h"

namespace lathe {

/// Width, mid and side levels and balance as responses, channels → channels. mid = (L + R) / 2, side = (L − R) / 2;
/// side is scaled by width and side_db and, for mono_below_hz, high-passed by a linear-phase filter of Butterworth's
/// magnitude, 24 dB/oct (accuracy as design_bands). Balance comes last: to the right it scales the left channel by 1 −
/// balance, to the left the right one by 1 + balance; the other channel stays. Settings that change nothing give the
/// identity. Throws BadSetting for others on anything but two channels.
FirMatrix design_stereo(const StereoSettings& settings, double rate, int channels);

}  // namespace lathe
