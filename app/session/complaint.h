// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsp/engine/processors.h"

namespace lathe {

/// What is wrong with a processor as a whole, though each field is in its range: a multiband's crossovers against its
/// bands, a reverb without a response, …
struct Complaint {
    std::string_view key;  ///< the field to look at
    std::string why;
    std::optional<std::size_t> row = {};  ///< of a field of tables: which, from 0
};
std::optional<Complaint> complaint_about(const ProcessorSettings& settings);

}  // namespace lathe
