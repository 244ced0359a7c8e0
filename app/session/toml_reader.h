// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsp/core/field.h"

/// From TOML to settings structs through their Fields, the same way for every table of an album file.
namespace lathe {

/// Where in a file something is read, for error messages.
struct Place {
    std::string file;
    std::string what;       ///< "[[chain]] eq, bands[2] (mud)"; empty at the file's top
    bool is_draft = false;  ///< settings that do not go together are let pass: an edit to come makes them good

    /// Throws InputError "FILE:LINE: WHAT: why".
    [[noreturn]] void fail(int line, std::string_view why) const;
    Place within(std::string_view part) const {
        return {file, what.empty() ? std::string(part) : what + std::string(part), is_draft};
    }
};

/// A settings struct and the description of its fields.
struct Settings {
    Fields fields;
    void* address = nullptr;
};

/// Something that the format knows and this version does not build: a key, or one word of a key.
struct Reserved {
    std::string_view key;
    std::string_view word = {};
};

/// What a table may hold: fields of settings, keys that the caller reads itself, and what is reserved.
struct TableShape {
    std::vector<Settings> settings;
    std::vector<std::string_view> other_keys = {};
    std::span<const Reserved> reserved = {};
};

/// The file parsed. Throws InputError "FILE:LINE: why" for what is not TOML.
toml::table parse_toml(std::string_view text, const std::string& file);

/// Sets every field whose key is there; the others keep what they have. Throws InputError for an unknown key, a value
/// that a field cannot take, and what is reserved.
void read_table(const toml::table& table, const TableShape& shape, const Place& place);

/// node as the field's kind of value, checked. Throws InputError at line.
Value read_value(const toml::node& node, const Field& field, int line, const Place& place);
/// Why that node cannot be the field's value, else the value in value_out.
std::optional<std::string> why_not_value(const toml::node& node, const Field& field, Value& value_out);

/// The table's keys in the order of the file.
std::vector<std::pair<const toml::key*, const toml::node*>> in_file_order(const toml::table& table);
/// The tables of a [[key]], none if it is not there. Throws InputError if it is something else.
std::vector<const toml::table*> tables_of(const toml::table& parent, std::string_view key, const Place& place);
/// The table under a key, or none. Throws InputError if it is something else.
const toml::table* table_of(const toml::table& parent, std::string_view key, const Place& place);

int line_of(const toml::node& node);
/// The line of a key of the table; of the table where it has no such key.
int line_of(const toml::table& table, std::string_view key);

/// "unknown key "treshold_db"; did you mean "threshold_db"?", with all known names where none is near.
std::string unknown(std::string_view kind, std::string_view name, std::span<const std::string_view> known);

/// Throws InputError unless text can be an id or a name: not empty, and without ".", "," or "=".
void check_name(std::string_view kind, std::string_view name, int line, const Place& place);

}  // namespace lathe
