// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/field.h"

namespace lathe {

struct GainSettings {
    double gain_db = 0;

    static constexpr std::string_view type = "gain";
    static Fields fields();
};

}  // namespace lathe
