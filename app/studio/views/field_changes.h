// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "dsp/core/field.h"

namespace lathe {

/// The settings in which two structs of the same fields differ, in words, each behind what they are of: "eq band mud
/// gain −1.5 → −2.0 dB". Rows of tables are held together by their name, or else by their number.
void add_changes(const std::string& of, Fields fields, const void* from, const void* to,
                 std::vector<std::string>& words);

/// "−1.5 → −2.0 dB"; a value that is not there is none.
std::string change_text(const Field& field, const Value& from, const Value& to);
/// A value as people read it, with its unit.
std::string value_words(const Field& field, const Value& value);

}  // namespace lathe
