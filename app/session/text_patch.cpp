// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/text_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/session/text_lines.h"

namespace lathe {
namespace {

using Steps = std::span<const DocStep>;

std::string replaced(std::string_view text, TextSpan span, std::string_view with) {
    return std::string(text.substr(0, span.begin)).append(with).append(text.substr(span.end));
}

/// The keys of steps that are keys all.
std::vector<std::string> keys_of(Steps steps) {
    std::vector<std::string> keys;
    for (const DocStep& step : steps) keys.push_back(std::get<std::string>(step));
    return keys;
}

bool begins_with(Steps steps, const DocPath& path) {
    return path.size() <= steps.size() && std::equal(path.begin(), path.end(), steps.begin());
}
bool begins_with(Steps steps, const std::vector<std::string>& keys) {
    return keys.size() <= steps.size() &&
           std::equal(keys.begin(), keys.end(), steps.begin(),
                      [](const std::string& key, const DocStep& step) { return step == DocStep(key); });
}

/// Spaces between an entry's key and its "=".
std::size_t spaces_before_equals(std::string_view text, const TextEntry& entry) {
    return text.find('=', entry.key.end) - entry.key.end;
}
std::size_t equals_column(std::string_view text, const TextEntry& entry) {
    return entry.key.end - entry.key.begin + spaces_before_equals(text, entry);
}

/// "key = value" with the spacing of a neighbour, its "=" under the others' where they are aligned.
std::string like(std::string_view text, const TextEntry& neighbour, std::span<const TextEntry> entries, std::string key,
                 std::string_view value) {
    const std::size_t column = equals_column(text, neighbour);
    const bool aligned = std::any_of(entries.begin(), entries.end(), [&](const TextEntry& entry) {
        return spaces_before_equals(text, entry) > 1 && equals_column(text, entry) == column;
    });
    const std::size_t spaces = spaces_before_equals(text, neighbour) > 0 ? 1 : 0;
    const std::size_t length = aligned ? std::max(column, key.size() + 1) : key.size() + spaces;
    key.resize(length, ' ');
    const std::size_t equals = text.find('=', neighbour.key.end);
    return key.append(text.substr(equals, neighbour.value.begin - equals)).append(value);
}

std::string with_entry(std::string_view text, const TextSection& section, Steps rest, std::string_view value) {
    const std::string key = dotted_key(keys_of(rest));
    if (section.entries.empty())
        return with_lines(text, after_line_of(text, section.header), fmt::format("{} = {}\n", key, value));
    const TextEntry* neighbour = &section.entries.back();
    for (const TextEntry& entry : section.entries)
        if (entry.keys.size() > 1 && DocStep(entry.keys.front()) == rest.front()) neighbour = &entry;
    const std::size_t begin = line_begin(text, neighbour->key.begin);
    const std::string_view indent = text.substr(begin, neighbour->key.begin - begin);
    return with_lines(text, after_line_of(text, neighbour->value),
                      fmt::format("{}{}\n", indent, like(text, *neighbour, section.entries, key, value)));
}

/// Where a section stands that is new below another: behind that one's own entries.
std::size_t end_of_entries(std::string_view text, const TextSection& section) {
    return after_line_of(text, section.entries.empty() ? section.header : section.entries.back().value);
}

/// A table that has no header yet; at the top before all others, which a person looks for there.
std::string with_section(std::string_view text, std::span<const TextSection> sections, const TextSection& owner,
                         Steps rest, std::string_view value) {
    std::vector<std::string> header;
    for (const DocStep& step : owner.path)
        if (const auto* key = std::get_if<std::string>(&step)) header.push_back(*key);
    header.push_back(std::get<std::string>(rest.front()));
    const std::string lines =
        fmt::format("[{}]\n{} = {}\n", dotted_key(header), dotted_key(keys_of(rest.subspan(1))), value);
    if (!owner.path.empty()) return with_lines(text, end_of_entries(text, owner), lines);
    if (sections.size() == 1) return with_lines_at_end(text, lines);
    return with_lines(text, begin_with_comment(text, sections[1].header), fmt::format("{}\n", lines));
}

std::string with_inline_value(std::string_view text, TextSpan container, Steps rest, std::string_view value) {
    if (rest.empty()) return replaced(text, container, value);
    if (const auto* index = std::get_if<std::size_t>(&rest.front()))
        return with_inline_value(text, array_elements(text, container).at(*index), rest.subspan(1), value);
    const std::vector<TextEntry> entries = inline_entries(text, container);
    for (const TextEntry& entry : entries)
        if (begins_with(rest, entry.keys))
            return with_inline_value(text, entry.value, rest.subspan(entry.keys.size()), value);
    const std::string key = dotted_key(keys_of(rest));
    if (entries.empty()) return replaced(text, container, fmt::format("{{ {} = {} }}", key, value));
    const TextEntry& last = entries.back();
    return replaced(text, {last.value.end, last.value.end}, fmt::format(", {}", like(text, last, entries, key, value)));
}

}  // namespace

std::string with_value(std::string_view text, const DocPath& path, std::string_view value) {
    const std::vector<TextSection> sections = sections_of(text);
    const TextSection* owner = nullptr;  // the innermost that the value belongs under
    for (const TextSection& section : sections) {
        if (!begins_with(path, section.path)) continue;
        const Steps rest = Steps(path).subspan(section.path.size());
        for (const TextEntry& entry : section.entries)
            if (begins_with(rest, entry.keys))
                return with_inline_value(text, entry.value, rest.subspan(entry.keys.size()), value);
        if (!owner || section.path.size() >= owner->path.size()) owner = &section;
    }
    const Steps rest = Steps(path).subspan(owner->path.size());
    const bool is_dotted = std::any_of(owner->entries.begin(), owner->entries.end(), [&](const TextEntry& entry) {
        return entry.keys.size() > 1 && DocStep(entry.keys.front()) == rest.front();
    });
    const bool in_set = std::find(owner->path.begin(), owner->path.end(), DocStep("set")) != owner->path.end();
    if (rest.size() == 1 || is_dotted || in_set) return with_entry(text, *owner, rest, value);
    return with_section(text, sections, *owner, rest, value);
}

}  // namespace lathe
