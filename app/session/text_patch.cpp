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

std::string without_entry(std::string_view text, const DocPath& path) {
    const std::optional<TextPlace> place = find_value(text, path);
    if (!place) return std::string(text);
    if (!place->container)
        return replaced(text, {line_begin(text, place->whole.begin), after_line_of(text, place->whole)}, "");
    const std::vector<TextEntry> entries = inline_entries(text, *place->container);
    std::size_t index = 0;
    while (entries[index].key.begin != place->whole.begin) ++index;
    if (entries.size() == 1) return replaced(text, *place->container, "{}");
    if (index == 0) return replaced(text, {place->whole.begin, entries[1].key.begin}, "");
    return replaced(text, {entries[index - 1].value.end, place->whole.end}, "");
}

/// The text without the table at path, if it is written down and holds nothing.
std::string without_empty_table(std::string_view text, const DocPath& path) {
    if (const auto place = find_value(text, path))
        return text[place->value.begin] == '{' && inline_entries(text, place->value).empty() ? without_entry(text, path)
                                                                                             : std::string(text);
    const TextSection* empty = nullptr;
    const std::vector<TextSection> sections = sections_of(text);
    for (const TextSection& section : sections) {
        if (!begins_with(section.path, path)) continue;
        if (section.path.size() > path.size() || !section.entries.empty()) return std::string(text);
        empty = &section;
    }
    if (!empty) return std::string(text);
    return without_lines(text, {line_begin(text, empty->header.begin), after_line_of(text, empty->header)});
}

/// The keys of one table, and where each is written, in the order of the text.
struct KeyParts {
    const DocPath& parent;
    std::vector<std::pair<std::string, TextSpan>> found;

    void gather(std::string_view text, const TextSection& section) {
        DocPath path;
        std::size_t part = 0;
        for (const DocStep& step : section.path) {
            if (const auto* key = std::get_if<std::string>(&step)) note(path, *key, section.parts[part++]);
            path.push_back(step);
        }
        for (const TextEntry& entry : section.entries) gather(text, entry, section.path);
    }

private:
    void note(const DocPath& path, const std::string& key, TextSpan span) {
        if (path == parent) found.emplace_back(key, span);
    }
    void gather(std::string_view text, const TextEntry& entry, DocPath path) {
        for (std::size_t i = 0; i < entry.keys.size(); ++i) {
            note(path, entry.keys[i], entry.parts[i]);
            path.emplace_back(entry.keys[i]);
        }
        gather(text, entry.value, path);
    }
    void gather(std::string_view text, TextSpan value, const DocPath& path) {
        if (!begins_with(parent, path)) return;
        if (text[value.begin] == '{') {
            for (const TextEntry& entry : inline_entries(text, value)) gather(text, entry, path);
        } else if (text[value.begin] == '[') {
            std::size_t index = 0;
            for (const TextSpan element : array_elements(text, value)) {
                DocPath inner = path;
                inner.emplace_back(index++);
                gather(text, element, inner);
            }
        }
    }
};

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

std::string without_value(std::string_view text, const DocPath& path) {
    return changed_in_plain_lines(text, [&](std::string plain) {
        plain = without_entry(plain, path);
        const auto set = std::find(path.begin(), path.end(), DocStep("set"));
        for (auto end = path.end(); end > set && end - 1 > set;)
            plain = without_empty_table(plain, {path.begin(), --end});
        return plain;
    });
}

std::string with_keys_renamed(std::string_view text, const DocPath& parent,
                              const std::map<std::string, std::string>& names) {
    KeyParts parts{parent, {}};
    for (const TextSection& section : sections_of(text)) parts.gather(text, section);
    std::string result(text);
    for (auto part = parts.found.rbegin(); part != parts.found.rend(); ++part)
        if (const auto name = names.find(part->first); name != names.end())
            result = replaced(result, part->second, dotted_key({name->second}));
    return result;
}

}  // namespace lathe
