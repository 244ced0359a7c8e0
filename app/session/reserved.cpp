// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/reserved.h"

#include "dsp/linear/eq_settings.h"

namespace lathe {

std::span<const Reserved> reserved_of(Fields row_fields) {
    static constexpr Reserved dynamic_band[] = {
        {"threshold_db"}, {"range_db"}, {"ratio"}, {"attack_ms"}, {"release_ms"}};
    if (row_fields.data() == EqBand::fields().data()) return dynamic_band;
    return {};
}

}  // namespace lathe
