// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/session/toml_layout.h"

namespace lathe {

/// The text with the value at path set, and every other byte as it was. A value that is there is replaced in its place;
/// a key that is missing is added behind the last one of its table, written like that one; a missing table gets a
/// header of its own, or a dotted key inside an inline table and inside a set table. text: good TOML; value: as TOML
/// writes it; the arrays on the path exist.
std::string with_value(std::string_view text, const DocPath& path, std::string_view value);

}  // namespace lathe
