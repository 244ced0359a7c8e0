// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/field_changes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/value_box.h"

namespace lathe {
namespace {

constexpr std::string_view thin_space = "\u2009";

/// The unit at the end, with the space before it; empty: there is none.
std::string_view unit_of(const std::string& text) {
    const std::size_t at = text.rfind(thin_space);
    return at == std::string::npos ? std::string_view() : std::string_view(text).substr(at);
}

/// A table's rows: what each is called, and where it is.
struct Row {
    std::string name;
    void* settings;
};
std::vector<Row> rows_of(const Field& table, const void* settings) {
    const Field* const name = find_field(table.element_fields(), "name");
    std::vector<Row> rows;
    for (std::size_t i = 0; i < table.count(settings); ++i) {
        void* const row = table.row(const_cast<void*>(settings), i);  // read only
        const Value own = name ? name->get(row) : Value();
        const std::string* const text = std::get_if<std::string>(&own);
        rows.push_back({text && !text->empty() ? *text : std::to_string(i + 1), row});
    }
    return rows;
}

const Row* find(const std::vector<Row>& rows, const std::string& name) {
    for (const Row& row : rows)
        if (row.name == name) return &row;
    return nullptr;
}

/// "band" of "bands".
std::string one_of(const Field& table) {
    std::string name = spoken(table.name);
    if (name.ends_with("s")) name.pop_back();
    return name;
}

void add_row_changes(const std::string& of, const Field& table, const void* from, const void* to,
                     std::vector<std::string>& words) {
    const std::vector<Row> before = rows_of(table, from), after = rows_of(table, to);
    const auto called = [&](const Row& row) { return fmt::format("{} {} {}", of, one_of(table), row.name); };
    for (const Row& row : before)
        if (!find(after, row.name)) words.push_back(called(row) + " removed");
    for (const Row& row : after) {
        const Row* const known = find(before, row.name);
        if (known)
            add_changes(called(row), table.element_fields(), known->settings, row.settings, words);
        else
            words.push_back(called(row) + " added");
    }
}

}  // namespace

std::string value_words(const Field& field, const Value& value) {
    if (const bool* on = std::get_if<bool>(&value)) return *on ? "on" : "off";
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        return list->empty() ? "none" : fmt::format("{}", fmt::join(*list, ", "));
    if (std::holds_alternative<std::monostate>(value)) return "none";
    const double* const number = std::get_if<double>(&value);
    if (number && field.unit.empty() && (field.kind == FieldKind::integer || !field.choices.empty()))
        return fmt::format("{:g}", *number);
    const std::string text = value_text(field, value);
    if (text.empty()) return "none";
    return field.kind == FieldKind::choice ? spoken(text) : text;
}

std::string change_text(const Field& field, const Value& from, const Value& to) {
    std::string before = value_words(field, from);
    const std::string after = value_words(field, to);
    if (const std::string_view unit = unit_of(after); !unit.empty() && before.ends_with(unit))
        before.resize(before.size() - unit.size());
    return before + " \u2192 " + after;
}

void add_changes(const std::string& of, Fields fields, const void* from, const void* to,
                 std::vector<std::string>& words) {
    for (const Field& field : fields) {
        if (field.kind == FieldKind::tables) {
            add_row_changes(of, field, from, to, words);
            continue;
        }
        const Value before = field.get(from), after = field.get(to);
        if (before != after)
            words.push_back(fmt::format("{} {} {}", of, label_of(field), change_text(field, before, after)));
    }
}

}  // namespace lathe
