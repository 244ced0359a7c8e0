// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/toml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "app/session/reserved.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

/// A value of a kind that the field surely cannot take, so that why_not() says what it takes.
Value wrong_for(const Field& field) {
    if (field.kind == FieldKind::boolean) return 0.0;
    return true;
}

Value list_value(const toml::array& array, const Field& field) {
    if (field.kind == FieldKind::number_list) {
        std::vector<double> numbers;
        for (const toml::node& node : array) {
            const auto number = node.value<double>();
            if (!node.is_number() || !number) return wrong_for(field);
            numbers.push_back(*number);
        }
        return numbers;
    }
    if (field.kind == FieldKind::text_list) {
        std::vector<std::string> texts;
        for (const toml::node& node : array) {
            if (!node.is_string()) return wrong_for(field);
            texts.push_back(node.value_or(std::string()));
        }
        return texts;
    }
    return wrong_for(field);
}

template <class T>
std::string printed(const T& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

Value value_of(const toml::node& node, const Field& field) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* truth = node.as_boolean()) return truth->get();
    if (node.is_number()) return node.value_or(0.0);
    if (const auto* array = node.as_array()) return list_value(*array, field);
    const bool takes_text = field.kind == FieldKind::text || field.kind == FieldKind::time;
    if (const auto* date = node.as_date(); date && takes_text) return printed(date->get());
    if (const auto* time = node.as_time(); time && takes_text) return printed(time->get());
    return wrong_for(field);
}

void read_rows(const toml::node& node, const Field& field, void* settings, int line, const Place& place) {
    const toml::array* array = node.as_array();
    const bool all_tables =
        array && std::all_of(array->begin(), array->end(), [](const auto& n) { return n.is_table(); });
    if (!all_tables) place.fail(line, fmt::format("{} {}", field.name, *why_not(field, wrong_for(field))));
    if (const auto why = why_not_count(field, array->size()); why && !place.is_draft)
        place.fail(line, fmt::format("{} {}", field.name, *why));
    field.resize(settings, array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const toml::table& row = *array->get_as<toml::table>(i);
        const auto name = row["name"].value<std::string>();
        const Place row_place =
            place.within(fmt::format(", {}[{}]{}", field.name, i + 1, name ? fmt::format(" ({})", *name) : ""));
        const Fields fields = field.element_fields();
        read_table(row, {{{fields, field.row(settings, i)}}, {}, reserved_of(fields)}, row_place);
    }
}

bool read_field(const toml::node& node, std::string_view key, int line, const TableShape& shape, const Place& place) {
    for (const Settings& settings : shape.settings) {
        const Field* field = find_field(settings.fields, key);
        if (!field) continue;
        if (field->kind == FieldKind::tables)
            read_rows(node, *field, settings.address, line, place);
        else
            field->set(settings.address, read_value(node, *field, line, place));
        return true;
    }
    return false;
}

void refuse_reserved(const toml::node& node, std::string_view key, int line, const TableShape& shape,
                     const Place& place) {
    for (const Reserved& reserved : shape.reserved) {
        if (reserved.key != key) continue;
        if (reserved.word.empty()) place.fail(line, fmt::format("{} is not available in this version", key));
        if (node.value<std::string>() == std::string(reserved.word))
            place.fail(line, fmt::format("{} = \"{}\" is not available in this version", key, reserved.word));
    }
}

std::vector<std::string_view> known_keys(const TableShape& shape) {
    std::vector<std::string_view> known = shape.other_keys;
    for (const Settings& settings : shape.settings)
        for (const Field& field : settings.fields) known.push_back(field.name);
    return known;
}

}  // namespace

void Place::fail(int line, std::string_view why) const {
    throw InputError(fmt::format("{}:{}: {}{}{}", file, line, what, what.empty() ? "" : ": ", why));
}

toml::table parse_toml(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        std::string why(error.description());
        std::replace(why.begin(), why.end(), '\n', ' ');
        throw InputError(fmt::format("{}:{}: {}", file, error.source().begin.line, why));
    }
}

void read_table(const toml::table& table, const TableShape& shape, const Place& place) {
    for (const auto& [key, node] : in_file_order(table)) {
        const int line = static_cast<int>(key->source().begin.line);
        const std::string_view name = key->str();
        refuse_reserved(*node, name, line, shape, place);
        if (read_field(*node, name, line, shape, place)) continue;
        if (std::find(shape.other_keys.begin(), shape.other_keys.end(), name) == shape.other_keys.end())
            place.fail(line, unknown("key", name, known_keys(shape)));
    }
}

Value read_value(const toml::node& node, const Field& field, int line, const Place& place) {
    Value value;
    if (const auto why = why_not_value(node, field, value)) place.fail(line, fmt::format("{} {}", field.name, *why));
    return value;
}

std::optional<std::string> why_not_value(const toml::node& node, const Field& field, Value& value_out) {
    value_out = value_of(node, field);
    return why_not(field, value_out);
}

std::vector<std::pair<const toml::key*, const toml::node*>> in_file_order(const toml::table& table) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.first->source().begin < b.first->source().begin; });
    return entries;
}

std::vector<const toml::table*> tables_of(const toml::table& parent, std::string_view key, const Place& place) {
    std::vector<const toml::table*> tables;
    const toml::node* node = parent.get(key);
    if (!node) return tables;
    const std::string why = fmt::format("{0} must be a list of tables, each under [[{0}]]", key);
    if (!node->is_array()) place.fail(line_of(parent, key), why);
    for (const toml::node& element : *node->as_array()) {
        if (!element.is_table()) place.fail(line_of(element), why);
        tables.push_back(element.as_table());
    }
    return tables;
}

const toml::table* table_of(const toml::table& parent, std::string_view key, const Place& place) {
    const toml::node* node = parent.get(key);
    if (node && !node->is_table())
        place.fail(line_of(parent, key), fmt::format("{0} must be a table, under [{0}]", key));
    return node ? node->as_table() : nullptr;
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

int line_of(const toml::table& table, std::string_view key) {
    for (const auto& [name, node] : table)
        if (name.str() == key) return static_cast<int>(name.source().begin.line);
    return line_of(table);
}

std::string unknown(std::string_view kind, std::string_view name, std::span<const std::string_view> known) {
    const std::string near = nearest_name(name, known);
    if (!near.empty()) return fmt::format("unknown {} \"{}\"; did you mean \"{}\"?", kind, name, near);
    return fmt::format("unknown {} \"{}\" (known: {})", kind, name, fmt::join(known, ", "));
}

void check_name(std::string_view kind, std::string_view name, int line, const Place& place) {
    if (name.empty()) place.fail(line, fmt::format("{} must not be empty", kind));
    if (name.find_first_of(".,=") != std::string_view::npos)
        place.fail(line, fmt::format("{} \"{}\" must not contain \".\", \",\" or \"=\"", kind, name));
}

}  // namespace lathe
