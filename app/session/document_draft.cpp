// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/document_draft.h"

#include <fmt/format.h>

#include "app/session/text_lines.h"
#include "app/session/text_list.h"
#include "app/session/text_patch.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using Steps = std::span<const DocStep>;

/// The node at a path, or none.
toml::node* node_at(toml::node& node, Steps path) {
    if (path.empty()) return &node;
    toml::node* next = nullptr;
    if (const auto* index = std::get_if<std::size_t>(&path.front()))
        next = node.is_array() ? node.as_array()->get(*index) : nullptr;
    else if (node.is_table())
        next = node.as_table()->get(std::get<std::string>(path.front()));
    return next ? node_at(*next, path.subspan(1)) : nullptr;
}

/// The table at a path; the tables that it lacks are made.
toml::table& table_at(toml::node& node, Steps path) {
    if (path.empty()) return *node.as_table();
    if (const auto* index = std::get_if<std::size_t>(&path.front()))
        return table_at(*node.as_array()->get(*index), path.subspan(1));
    const std::string& key = std::get<std::string>(path.front());
    if (!node.as_table()->contains(key)) node.as_table()->insert(key, toml::table{});
    return table_at(*node.as_table()->get(key), path.subspan(1));
}

toml::array& array_at(toml::table& root, const DocPath& list) {
    toml::table& parent = table_at(root, Steps(list).first(list.size() - 1));
    const std::string& key = std::get<std::string>(list.back());
    if (!parent.contains(key)) parent.insert(key, toml::array{});
    return *parent.get(key)->as_array();
}

void insert_at(toml::array& array, std::size_t at, const toml::node& value) {
    value.visit([&](const auto& typed) { array.insert(array.cbegin() + static_cast<std::ptrdiff_t>(at), typed); });
}

/// Takes out tables and arrays that hold nothing: to be without them means the same.
void prune(toml::node& node) {
    if (toml::array* array = node.as_array())
        for (toml::node& element : *array) prune(element);
    toml::table* table = node.as_table();
    if (!table) return;
    for (auto entry = table->begin(); entry != table->end();) {
        toml::node& value = entry->second;
        prune(value);
        const bool is_empty =
            (value.is_table() && value.as_table()->empty()) || (value.is_array() && value.as_array()->empty());
        entry = is_empty ? table->erase(entry) : std::next(entry);
    }
}

}  // namespace

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

DocumentDraft::DocumentDraft(std::string text, const std::string& file)
    : text_(std::move(text)), expected_(parse_toml(text_, file)) {}

void DocumentDraft::check(const std::string& file) const {
    toml::table is = parse_toml(text_, file), ought = expected_;
    prune(is);
    prune(ought);
    if (is != ought) throw InputError(file + ":1: cannot be patched into the file as it is written; edit it by hand");
}

void DocumentDraft::append(std::string_view lines, const std::string& file) {
    text_ = with_lines_at_end(text_, lines);
    expected_ = parse_toml(text_, file);
}

void DocumentDraft::set(const DocPath& path, std::string_view value) {
    text_ = with_value(text_, path, value);
    const toml::table parsed = *parse_value(value);
    if (const auto* index = std::get_if<std::size_t>(&path.back())) {
        toml::array& array = *node_at(expected_, Steps(path).first(path.size() - 1))->as_array();
        array.erase(array.cbegin() + static_cast<std::ptrdiff_t>(*index));
        insert_at(array, *index, *parsed.get("value"));
        return;
    }
    toml::table& table = table_at(expected_, Steps(path).first(path.size() - 1));
    parsed.get("value")->visit(
        [&](const auto& typed) { table.insert_or_assign(std::get<std::string>(path.back()), typed); });
}

void DocumentDraft::unset(const DocPath& path) {
    text_ = without_value(text_, path);
    toml::node* parent = node_at(expected_, Steps(path).first(path.size() - 1));
    if (parent && parent->is_table()) parent->as_table()->erase(std::get<std::string>(path.back()));
}

void DocumentDraft::insert(const DocPath& list, std::size_t at, std::string_view entry) {
    text_ = with_list_entry(text_, list, at, entry);
    insert_at(array_at(expected_, list), at, *parse_value(entry)->get("value"));
}

void DocumentDraft::remove(const DocPath& list, std::size_t index) {
    text_ = without_list_entry(text_, list, index);
    toml::array& array = array_at(expected_, list);
    array.erase(array.cbegin() + static_cast<std::ptrdiff_t>(index));
}

void DocumentDraft::move(const DocPath& list, std::size_t from, std::size_t to) {
    text_ = with_list_entry_moved(text_, list, from, to);
    toml::array& array = array_at(expected_, list);
    toml::array entry;
    insert_at(entry, 0, *array.get(from));
    array.erase(array.cbegin() + static_cast<std::ptrdiff_t>(from));
    insert_at(array, to, *entry.get(0));
}

void DocumentDraft::rename_keys(const DocPath& parent, const std::map<std::string, std::string>& names) {
    text_ = with_keys_renamed(text_, parent, names);
    toml::table& table = table_at(expected_, parent);
    toml::table renamed;
    for (const auto& [key, node] : table) {
        const auto name = names.find(std::string(key.str()));
        const std::string now = name == names.end() ? std::string(key.str()) : name->second;
        node.visit([&](const auto& typed) { renamed.insert_or_assign(now, typed); });
    }
    table = std::move(renamed);
}

}  // namespace lathe
