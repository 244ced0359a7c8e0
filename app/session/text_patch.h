// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/session/toml_layout.h"

namespace lathe {

/// The text with the value at path set, and every other byte as it was. A value that is there is replaced in its place;
/// a key that is missing is added behind the last one of its table, written like that one; a missing table gets a
/// header of its own, or a dotted key inside an inline table and inside a set table. text: good TOML; value: as TOML
/// writes it; the arrays on the path exist.
std::string with_value(std::string_view text, const DocPath& path, std::string_view value);

/// The text without the "key = value" at path: its line and what carries on that line's comment further right, or its
/// place in an inline table. A set table that becomes empty goes too, with its header. Every other comment stays.
/// What is written in another way (by headers or dotted keys) stays as it is.
std::string without_value(std::string_view text, const DocPath& path);

/// The text with keys of the table at parent renamed, all at once, wherever they are written: in headers, dotted keys
/// and inline tables.
std::string with_keys_renamed(std::string_view text, const DocPath& parent,
                              const std::map<std::string, std::string>& names);

}  // namespace lathe
