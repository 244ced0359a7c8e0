// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/text_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe {
namespace {

std::string in_crlf(std::string_view text) {
    std::string result;
    for (const char c : text) c == '\n' ? result.append("\r\n") : result.append(1, c);
    return result;
}

/// Lines that end in "\n" with the text's own ending.
std::string in_ending_of(std::string_view text, std::string_view lines) {
    return line_ending_of(text) == "\n" ? std::string(lines) : in_crlf(lines);
}

bool is_empty_line(std::string_view text, std::size_t begin) {
    const std::size_t first = std::min(text.find_first_not_of(" \t\r", begin), text.size());
    return first == text.size() || text[first] == '\n';
}

}  // namespace

std::size_t indent_at(std::string_view text, std::size_t begin) {
    return std::min(text.find_first_not_of(" \t", begin), text.size()) - begin;
}
bool is_comment_line(std::string_view text, std::size_t begin) {
    return text.substr(begin + indent_at(text, begin)).starts_with('#');
}

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

std::string without_lines(std::string_view text, TextSpan lines) {
    const std::size_t first = line_begin(text, 0);
    TextSpan wide = lines;
    std::size_t above = 0, below = 0;
    for (; wide.begin > first && is_empty_line(text, line_begin(text, wide.begin - 1)); ++above)
        wide.begin = line_begin(text, wide.begin - 1);
    for (; wide.end < text.size() && is_empty_line(text, wide.end); ++below) wide.end = next_line(text, wide.end);
    const bool at_top = wide.begin == first, at_end = wide.end == text.size();
    if (above > 0 && !at_top && (at_end || above <= below))
        lines.begin = wide.begin;
    else if (at_top || above > 0)
        lines.end = wide.end;
    return std::string(text.substr(0, lines.begin)).append(text.substr(lines.end));
}

std::string changed_in_plain_lines(std::string_view text, const std::function<std::string(std::string)>& change) {
    std::string plain(text);
    const auto line_ends = std::count(plain.begin(), plain.end(), '\n');
    const auto returns = std::count(plain.begin(), plain.end(), '\r');
    const bool is_crlf = returns > 0 && returns == line_ends;
    if (is_crlf) std::erase(plain, '\r');
    const bool is_open = !plain.empty() && plain.back() != '\n';
    if (is_open) plain += '\n';
    plain = change(std::move(plain));
    if (is_open && plain.ends_with('\n')) plain.pop_back();
    return is_crlf ? in_crlf(plain) : plain;
}

}  // namespace lathe
