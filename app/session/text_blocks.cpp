// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/text_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/session/text_lines.h"

namespace lathe {
namespace {

DocPath below(DocPath list, std::size_t index) {
    list.emplace_back(index);
    return list;
}

/// Behind a section's last entry, and the comment lines further right than its header that follow.
std::size_t end_of_section(std::string_view text, const TextSection& section) {
    const std::size_t indent = indent_at(text, line_begin(text, section.header.begin));
    const TextEntry* last = section.entries.empty() ? nullptr : &section.entries.back();
    std::size_t end = after_line_of(text, last ? TextSpan{last->key.begin, last->value.end} : section.header);
    while (end < text.size() && is_comment_line(text, end) && indent_at(text, end) > indent) end = next_line(text, end);
    return end;
}

bool follows_empty_line(std::string_view text, std::size_t begin) {
    if (begin == line_begin(text, 0)) return true;
    return text.find_first_not_of(" \t", line_begin(text, begin - 1)) == begin - 1;
}

/// Whether the blocks of a list, or the tables of the one that it lies in, are parted by empty lines.
bool are_parted(std::string_view text, const DocPath& list, std::size_t at, std::size_t count) {
    if (count > 0) {
        const std::size_t neighbour = count == 1 ? 0 : std::clamp<std::size_t>(at, 1, count - 1);
        return follows_empty_line(text, block_spans(text, below(list, neighbour)).front().begin);
    }
    const std::vector<TextSection> sections = sections_of(text);
    const DocPath owner(list.begin(), list.end() - 1);
    bool is_parted = true;
    for (const TextSection& section : sections)
        if (begins_with(section.path, owner) && section.path.size() > owner.size())
            is_parted = follows_empty_line(text, begin_with_comment(text, section.header));
    return is_parted;
}

/// Where the first block of a list at the top goes: the file's order is album, chain, track, reference, master,
/// deliver.
std::string with_first_block(const std::string& text, const std::string& key, const std::string& block) {
    constexpr std::array<std::string_view, 6> order{"album", "chain", "track", "reference", "master", "deliver"};
    const auto rank = [&](std::string_view name) {
        return std::find(order.begin(), order.end(), name) - order.begin();
    };
    for (const TextSection& section : sections_of(text))
        if (!section.path.empty() && rank(std::get<std::string>(section.path.front())) > rank(key))
            return with_lines(text, begin_with_comment(text, section.header), block + "\n");
    return with_lines_at_end(text, block);
}

/// Every entry's tables in one span, those further down gathered behind the first.
std::string gathered(std::string text, const DocPath& list) {
    for (std::size_t i = 0; i < count_blocks(text, list); ++i)
        for (auto spans = block_spans(text, below(list, i)); spans.size() > 1;
             spans = block_spans(text, below(list, i))) {
            const std::string lines = text.substr(spans[1].begin, spans[1].end - spans[1].begin);
            text = without_lines(text, spans[1]);
            text.insert(spans[0].end, lines);
        }
    return text;
}

}  // namespace

std::size_t count_blocks(std::string_view text, const DocPath& list) {
    std::size_t count = 0;
    for (const TextSection& section : sections_of(text)) count += section.path == below(list, count);
    return count;
}

std::vector<TextSpan> block_spans(std::string_view text, const DocPath& table) {
    std::vector<TextSpan> spans;
    bool is_open = false;
    for (const TextSection& section : sections_of(text)) {
        const bool is_own = begins_with(section.path, table);
        if (is_own && !is_open) spans.push_back({begin_with_comment(text, section.header), 0});
        if (is_own) spans.back().end = end_of_section(text, section);
        is_open = is_own;
    }
    return spans;
}

std::string block_text(const DocPath& list, std::string_view entry) {
    std::vector<std::string> keys;
    for (const DocStep& step : list)
        if (const auto* key = std::get_if<std::string>(&step)) keys.push_back(*key);
    std::string block = fmt::format("[[{}]]\n", dotted_key(keys));
    for (const TextEntry& each : inline_entries(entry, value_at(entry, 0)))
        block += fmt::format("{} = {}\n", entry.substr(each.key.begin, each.key.end - each.key.begin),
                             entry.substr(each.value.begin, each.value.end - each.value.begin));
    return block;
}

std::string with_block(const std::string& text, const DocPath& list, std::size_t at, std::string_view entry) {
    const std::size_t count = count_blocks(text, list);
    const std::string block = block_text(list, entry);
    if (count == 0 && list.size() == 1) return with_first_block(text, std::get<std::string>(list.front()), block);
    const std::string parting = are_parted(text, list, at, count) ? "\n" : "";
    if (at < count) return with_lines(text, block_spans(text, below(list, at)).front().begin, block + parting);
    const DocPath before = count > 0 ? below(list, count - 1) : DocPath(list.begin(), list.end() - 1);
    return with_lines(text, block_spans(text, before).back().end, parting + block);
}

std::string without_block(std::string text, const DocPath& table) {
    const std::vector<TextSpan> spans = block_spans(text, table);
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) text = without_lines(text, *span);
    return text;
}

std::string with_block_moved(std::string text, const DocPath& list, std::size_t from, std::size_t to) {
    text = gathered(std::move(text), list);
    std::vector<TextSpan> spans;
    for (std::size_t i = 0; i < count_blocks(text, list); ++i)
        spans.push_back(block_spans(text, below(list, i)).front());
    std::vector<TextSpan> moved = spans;
    moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(from));
    moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(to), spans[from]);
    std::string result = text.substr(0, spans.front().begin);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        result.append(text, moved[i].begin, moved[i].end - moved[i].begin);
        const std::size_t next = i + 1 < spans.size() ? spans[i + 1].begin : text.size();
        result.append(text, spans[i].end, next - spans[i].end);
    }
    return result;
}

}  // namespace lathe
