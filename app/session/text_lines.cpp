// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/text_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe {
namespace {

std::size_t indent_at(std::string_view text, std::size_t begin) {
    return std::min(text.find_first_not_of(" \t", begin), text.size()) - begin;
}
bool is_comment_line(std::string_view text, std::size_t begin) {
    return text.substr(begin + indent_at(text, begin)).starts_with('#');
}

/// Lines that end in "\n" with the text's own ending.
std::string in_ending_of(std::string_view text, std::string_view lines) {
    std::string result;
    for (const char c : lines) c == '\n' ? result.append(line_ending_of(text)) : result.append(1, c);
    return result;
}

}  // namespace

std::size_t line_begin(std::string_view text, std::size_t place) {
    const std::size_t before = place == 0 ? std::string_view::npos : text.rfind('\n', place - 1);
    if (before != std::string_view::npos) return before + 1;
    return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::size_t next_line(std::string_view text, std::size_t place) {
    const std::size_t end = text.find('\n', place);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t after_line_of(std::string_view text, TextSpan span) {
    std::size_t place = next_line(text, span.end);
    const std::size_t indent = indent_at(text, line_begin(text, span.begin));
    if (text.substr(span.end, place - span.end).find('#') == std::string_view::npos) return place;
    while (place < text.size() && is_comment_line(text, place) && indent_at(text, place) > indent)
        place = next_line(text, place);
    return place;
}

std::size_t begin_with_comment(std::string_view text, TextSpan header) {
    const std::size_t begin = line_begin(text, header.begin);
    const std::size_t first = line_begin(text, 0);
    std::size_t place = begin;
    while (place > first) {
        const std::size_t above = line_begin(text, place - 1);
        if (!is_comment_line(text, above) || indent_at(text, above) > indent_at(text, begin)) return place;
        place = above;
    }
    return begin;
}

std::string_view line_ending_of(std::string_view text) {
    const std::size_t end = text.find('\n');
    return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string with_lines(std::string_view text, std::size_t place, std::string_view lines) {
    const bool behind_last_line = place == text.size() && !text.empty() && text.back() != '\n';
    const std::string inserted =
        behind_last_line ? fmt::format("\n{}", lines.substr(0, lines.size() - 1)) : std::string(lines);
    return std::string(text.substr(0, place)).append(in_ending_of(text, inserted)).append(text.substr(place));
}

std::string with_lines_at_end(std::string_view text, std::string_view lines) {
    if (text.empty()) return std::string(lines);
    const std::string_view parted = text.back() == '\n' ? "\n" : "\n\n";
    return std::string(text).append(in_ending_of(text, parted)).append(in_ending_of(text, lines));
}

}  // namespace lathe
