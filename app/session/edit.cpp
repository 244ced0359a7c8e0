// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/session/album_file.h"
#include "app/session/edit_path.h"
#include "app/session/text_lines.h"
#include "app/session/text_patch.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

/// The table { value = TEXT }, or nothing if text is not one value of TOML and nothing more.
std::optional<toml::table> parse_value(std::string_view text) {
    try {
        const std::string statement = fmt::format("value = {}", text);
        const TextSpan span = value_at(statement, 8);
        if (span.begin == span.end || span.end != statement.size()) return {};
        return toml::parse(statement);
    } catch (const toml::parse_error&) {
        return {};
    }
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What the edit writes into the file: its value as it is, or in quotes where a bare word stands for text.
std::string checked_value(const Edit& edit, const Field* field) {
    const std::string text = trimmed(edit.value);
    const auto as_given = parse_value(text);
    if (as_given) {
        Value value;
        const toml::node& node = *as_given->get("value");
        if (!field || field->kind == FieldKind::tables) return text;
        const auto why = why_not_value(node, *field, value);
        if (!why) return text;
        const bool takes_bare_words = field->kind == FieldKind::text && !node.is_string();
        if (!takes_bare_words) throw InputError(fmt::format("{}: {}", edit.path, *why));
    }
    if (field) {
        const auto why = why_not(*field, Value(text));
        if (why) throw InputError(fmt::format("{}: {}", edit.path, *why));
    }
    return to_toml(Value(text));
}

void set_at(toml::node& node, std::span<const DocStep> path, const toml::node& value) {
    if (const auto* index = std::get_if<std::size_t>(&path.front()))
        return set_at(*node.as_array()->get(*index), path.subspan(1), value);
    toml::table& table = *node.as_table();
    const std::string& key = std::get<std::string>(path.front());
    if (path.size() == 1) {
        value.visit([&](const auto& typed) { table.insert_or_assign(key, typed); });
        return;
    }
    if (!table.contains(key)) table.insert(key, toml::table{});
    set_at(*table.get(key), path.subspan(1), value);
}

/// An error of the edited text names a line that is not on disk: the paths take its place.
std::string without_line(const std::string& what, const std::string& file) {
    const std::size_t digits = what.starts_with(file + ":") ? file.size() + 1 : 0;
    const std::size_t colon = digits == 0 ? std::string::npos : what.find(": ", digits);
    return colon == std::string::npos ? what : what.substr(colon + 2);
}

}  // namespace

Edit parse_edit(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        throw InputError(
            fmt::format("{}: needs a value, as {}=VALUE", text, text.empty() ? "album.loudness_lufs" : text));
    return {trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

std::string edited(const Album& album, std::span<const Edit> edits) {
    const std::string file = album.path.string();
    std::string text = album.text;
    std::vector<std::string> paths;
    std::vector<std::pair<DocPath, std::string>> changes;
    for (const Edit& edit : edits) {
        EditTarget target = find_target(album, edit.path);
        changes.emplace_back(target.path, checked_value(edit, target.field));
        paths.push_back(edit.path);
        if (!target.new_block.empty() && text == album.text) text = with_lines_at_end(text, target.new_block);
    }

    toml::table expected = parse_toml(text, file);
    for (const auto& [path, value] : changes) {
        text = with_value(text, path, value);
        set_at(expected, path, *parse_value(value)->get("value"));
    }
    try {
        if (parse_toml(text, file) != expected)
            throw InputError("cannot be patched into the file as it is written; edit it by hand");
        parse_album(text, album.path);
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}: {}", fmt::join(paths, ", "), without_line(error.what(), file)));
    }
    return text;
}

Album with_edits(const Album& album, std::span<const Edit> edits) {
    return parse_album(edited(album, edits), album.path);
}

}  // namespace lathe
