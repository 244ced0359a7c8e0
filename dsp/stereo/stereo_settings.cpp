// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/stereo/stereo_settings.h"

namespace lathe {

Fields StereoSettings::fields() {
    static constexpr Field list[] = {
        number_field<&StereoSettings::width>("width", "", 0, 4,
                                             "gain of the side signal: 0 is mono, 1 leaves it, 2 doubles it"),
        number_field<&StereoSettings::mono_below_hz>(
            "mono_below_hz", "Hz", 0, 2000, "takes the side signal out below it, 24 dB/oct, linear phase; 0 for none"),
        number_field<&StereoSettings::balance>("balance", "", -1, 1, "-1 only left, 1 only right, 0 both at 0 dB"),
        number_field<&StereoSettings::mid_db>("mid_db", "dB", -96, 24, "level of the mid signal"),
        number_field<&StereoSettings::side_db>("side_db", "dB", -96, 24, "level of the side signal"),
    };
    return list;
}

}  // namespace lathe
