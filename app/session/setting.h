// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsp/engine/processors.h"

namespace lathe {

/// One setting of a processor, found by name; or why there is none.
struct FoundSetting {
    const Field* field = nullptr;
    void* settings = nullptr;            ///< what field->set() takes
    std::vector<std::size_t> rows = {};  ///< the rows gone through: bands[rows[0]], counted from 0
    std::string why_none;
};

/// keys: {"phase"}, {"bands", "mud", "gain_db"}, {"bands", "2", "q"} (numbers from 1; a name goes before a number).
FoundSetting find_setting(ChainEntry& entry, std::span<const std::string> keys);

}  // namespace lathe
