// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/session/toml_layout.h"

/// The lines of a TOML file, and which comments belong to what stands beside them.
namespace lathe {

/// Where the line of a place begins, and where the next one does (the text's size behind the last). A byte order mark
/// is before the first.
std::size_t line_begin(std::string_view text, std::size_t place);
std::size_t next_line(std::string_view text, std::size_t place);

/// Behind the line on which something ends, and behind the lines that carry on its comment further right.
std::size_t after_line_of(std::string_view text, TextSpan span);
bool is_comment_line(std::string_view text, std::size_t begin);
/// Spaces and tabs at the beginning of a line.
std::size_t indent_at(std::string_view text, std::size_t begin);
/// The beginning of a header's line, or of the comment lines right above it; a comment at the very top is the file's.
std::size_t begin_with_comment(std::string_view text, TextSpan header);

/// The line ending that the text uses: "\r\n" or "\n".
std::string_view line_ending_of(std::string_view text);
/// Whole lines, each ending in "\n", inserted where a line begins, with the text's own ending. Behind a last line that
/// has no ending, the last of them has none either.
std::string with_lines(std::string_view text, std::size_t place, std::string_view lines);
/// Whole lines at the end of the text, parted from what is there by an empty line.
std::string with_lines_at_end(std::string_view text, std::string_view lines);

/// The text without the lines [begin, end) of it, and without the fewer of the empty lines above and below them, which
/// parted them from what stands there.
std::string without_lines(std::string_view text, TextSpan lines);

/// Changes a text that is seen with "\n" behind every line, also where the file has "\r\n" or no last line end.
std::string changed_in_plain_lines(std::string_view text, const std::function<std::string(std::string)>& change);

}  // namespace lathe
