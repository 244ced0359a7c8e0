// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/gain_settings.h"

namespace lathe {

Fields GainSettings::fields() {
    static constexpr Field list[] = {
        number_field<&GainSettings::gain_db>("gain_db", "dB", -96, 48, "level change"),
    };
    return list;
}

}  // namespace lathe
