// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
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

/// The row of a field of tables that a name or a number from 1 means; or none, and why in why_none_out.
std::optional<std::size_t> find_row(const Field& rows, void* settings, const std::string& name,
                                    std::string& why_none_out);

}  // namespace lathe
