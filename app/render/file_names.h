// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lathe {

/// What a file template's words stand for: "title" → "One". `number` is kept apart, so that {number:02} can pad it.
using TemplateWords = std::map<std::string, std::string, std::less<>>;

/// "{number:02} {title}" with the words filled in and made safe as a file name: / \ : * ? " < > | and control
/// characters become _, dots and spaces at the ends are trimmed. Throws InputError for an unknown word, with the
/// nearest known one, or a lone brace.
std::string file_name_from(std::string_view pattern, const TemplateWords& words, int number);

/// One part of a path made safe in the same way.
std::string safe_file_name(std::string_view name);

}  // namespace lathe
