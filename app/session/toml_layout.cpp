// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/toml_layout.h"

#include <toml++/toml.h>

#include <algorithm>
#include <map>

#include "dsp/core/field.h"

namespace lathe {
namespace {

bool is_bare(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

/// A place in the text that moves forward over what stands there.
class Scanner {
public:
    Scanner(std::string_view text, std::size_t place) : text_(text), place_(place) {}

    std::size_t place() const { return place_; }
    bool at_end() const { return place_ >= text_.size(); }
    char peek() const { return at_end() ? '\0' : text_[place_]; }
    bool sees(std::string_view what) const { return text_.substr(std::min(place_, text_.size())).starts_with(what); }
    void skip(std::size_t count) { place_ = std::min(place_ + count, text_.size()); }

    void skip_spaces() {
        while (peek() == ' ' || peek() == '\t') skip(1);
    }
    /// Spaces, line ends and comments.
    void skip_blank() {
        while (!at_end()) {
            if (peek() == '#')
                place_ = std::min(text_.find('\n', place_), text_.size());
            else if (std::isspace(static_cast<unsigned char>(peek())))
                skip(1);
            else
                return;
        }
    }
    void skip_string() {
        const char quote = peek();
        const std::string thrice(3, quote);
        const bool is_long = sees(thrice);
        skip(is_long ? 3 : 1);
        while (!at_end() && !(is_long ? sees(thrice) : peek() == quote)) skip(quote == '"' && peek() == '\\' ? 2 : 1);
        skip(is_long ? 3 : 1);
        for (int extra = 0; is_long && extra < 2 && peek() == quote; ++extra) skip(1);  // """a quote at the end""""
    }
    TextSpan skip_value() {
        const std::size_t begin = place_;
        if (peek() == '"' || peek() == '\'') {
            skip_string();
        } else if (peek() == '[' || peek() == '{') {
            const char close = peek() == '[' ? ']' : '}';
            skip(1);
            for (skip_blank(); !at_end() && peek() != close; skip_blank()) {
                if (peek() == ',')
                    skip(1);
                else if (close == '}')
                    skip_entry();
                else
                    skip_value();
            }
            skip(1);
        } else {
            place_ = std::min(text_.find_first_of(",]}#\r\n", place_), text_.size());
            while (place_ > begin && (text_[place_ - 1] == ' ' || text_[place_ - 1] == '\t')) --place_;
        }
        return {begin, place_};
    }
    std::vector<std::string> skip_key(std::vector<TextSpan>& parts) {
        std::vector<std::string> keys;
        while (true) {
            const std::size_t begin = place_;
            keys.push_back(skip_key_part());
            parts.push_back({begin, place_});
            skip_spaces();
            if (peek() != '.') return keys;
            skip(1);
            skip_spaces();
        }
    }
    TextEntry skip_entry() {
        TextEntry entry;
        entry.keys = skip_key(entry.parts);
        entry.key = {entry.parts.front().begin, entry.parts.back().end};
        skip(1);  // =
        skip_spaces();
        entry.value = skip_value();
        return entry;
    }

private:
    std::string skip_key_part() {
        const std::size_t begin = place_;
        if (peek() == '"' || peek() == '\'') {
            skip_string();
            const toml::table unquoted = toml::parse("key = " + std::string(text_.substr(begin, place_ - begin)));
            return unquoted["key"].value_or(std::string());
        }
        while (is_bare(peek())) skip(1);
        if (place_ == begin) skip(1);
        return std::string(text_.substr(begin, place_ - begin));
    }

    std::string_view text_;
    std::size_t place_;
};

/// Counts the tables of each array as their headers come by.
class ArrayCounts {
public:
    DocPath path_of(const std::vector<std::string>& keys, bool opens_element) {
        DocPath path;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            path.emplace_back(keys[i]);
            const bool is_new = opens_element && i + 1 == keys.size();
            if (is_new) ++counts_[path];
            if (const auto found = counts_.find(path); found != counts_.end()) path.emplace_back(found->second - 1);
        }
        return path;
    }

private:
    std::map<DocPath, std::size_t> counts_;
};

/// What the rest of a path leads to from a place.
std::optional<TextPlace> find_below(std::string_view text, const TextPlace& place, std::span<const DocStep> rest) {
    if (rest.empty()) return place;
    const char opening = text[place.value.begin];
    if (const auto* index = std::get_if<std::size_t>(&rest.front())) {
        if (opening != '[') return {};
        const std::vector<TextSpan> elements = array_elements(text, place.value);
        if (*index >= elements.size()) return {};
        return find_below(text, {elements[*index], elements[*index], place.value}, rest.subspan(1));
    }
    if (opening != '{') return {};
    for (const TextEntry& entry : inline_entries(text, place.value))
        if (begins_with(rest, entry.keys))
            return find_below(text, {{entry.key.begin, entry.value.end}, entry.value, place.value},
                              rest.subspan(entry.keys.size()));
    return {};
}

}  // namespace

bool begins_with(std::span<const DocStep> path, std::span<const DocStep> with) {
    return with.size() <= path.size() && std::equal(with.begin(), with.end(), path.begin());
}

bool begins_with(std::span<const DocStep> path, const std::vector<std::string>& keys) {
    return keys.size() <= path.size() &&
           std::equal(keys.begin(), keys.end(), path.begin(),
                      [](const std::string& key, const DocStep& step) { return step == DocStep(key); });
}

std::optional<TextPlace> find_value(std::string_view text, const DocPath& path) {
    const std::span<const DocStep> steps(path);
    for (const TextSection& section : sections_of(text)) {
        if (!begins_with(steps, std::span<const DocStep>(section.path))) continue;
        const auto rest = steps.subspan(section.path.size());
        for (const TextEntry& entry : section.entries)
            if (begins_with(rest, entry.keys))
                return find_below(text, {{entry.key.begin, entry.value.end}, entry.value, {}},
                                  rest.subspan(entry.keys.size()));
    }
    return {};
}

std::vector<TextSection> sections_of(std::string_view text) {
    std::vector<TextSection> sections(1);
    ArrayCounts counts;
    Scanner scanner(text, text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (scanner.skip_blank(); !scanner.at_end(); scanner.skip_blank()) {
        if (scanner.peek() != '[') {
            sections.back().entries.push_back(scanner.skip_entry());
            continue;
        }
        const bool is_element = scanner.sees("[[");
        TextSection section;
        section.header.begin = scanner.place();
        scanner.skip(is_element ? 2 : 1);
        scanner.skip_spaces();
        section.path = counts.path_of(scanner.skip_key(section.parts), is_element);
        scanner.skip(is_element ? 2 : 1);
        section.header.end = scanner.place();
        sections.push_back(std::move(section));
    }
    return sections;
}

std::vector<TextEntry> inline_entries(std::string_view text, TextSpan value) {
    std::vector<TextEntry> entries;
    Scanner scanner(text, value.begin + 1);
    for (scanner.skip_blank(); scanner.place() + 1 < value.end; scanner.skip_blank()) {
        if (scanner.peek() == ',')
            scanner.skip(1);
        else
            entries.push_back(scanner.skip_entry());
    }
    return entries;
}

std::vector<TextSpan> array_elements(std::string_view text, TextSpan value) {
    std::vector<TextSpan> elements;
    Scanner scanner(text, value.begin + 1);
    for (scanner.skip_blank(); scanner.place() + 1 < value.end; scanner.skip_blank()) {
        if (scanner.peek() == ',')
            scanner.skip(1);
        else
            elements.push_back(scanner.skip_value());
    }
    return elements;
}

TextSpan value_at(std::string_view text, std::size_t begin) { return Scanner(text, begin).skip_value(); }

std::string dotted_key(const std::vector<std::string>& keys) {
    std::string dotted;
    for (const std::string& key : keys) {
        if (!dotted.empty()) dotted += '.';
        dotted += !key.empty() && std::all_of(key.begin(), key.end(), is_bare) ? key : to_toml(key);
    }
    return dotted;
}

}  // namespace lathe
