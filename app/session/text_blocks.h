// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/toml_layout.h"

namespace lathe {

/// How many [[headers]] a list has in the text.
std::size_t count_blocks(std::string_view text, const DocPath& list);
/// The lines of a table and of all that lie in it, from the comment lines directly above: one span, or more where
/// other tables stand between them.
std::vector<TextSpan> block_spans(std::string_view text, const DocPath& table);
/// "[[chain]]" and a line for each key of an inline table.
std::string block_text(const DocPath& list, std::string_view entry);

/// As the functions of text_list.h, for lists written as [[headers]]. text: lines end in "\n".
std::string with_block(const std::string& text, const DocPath& list, std::size_t at, std::string_view entry);
std::string without_block(std::string text, const DocPath& table);
std::string with_block_moved(std::string text, const DocPath& list, std::size_t from, std::size_t to);

}  // namespace lathe
