// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/field.h"

namespace lathe {

struct StereoSettings {
    double width = 1;
    double mono_below_hz = 0;
    double balance = 0;
    double mid_db = 0;
    double side_db = 0;

    static constexpr std::string_view type = "stereo";
    static Fields fields();
};

}  // namespace lathe
