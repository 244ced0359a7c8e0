// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/setting.h"

#include <fmt/format.h>

#include <charconv>

#include "app/session/toml_reader.h"

namespace lathe {
namespace {

std::string name_of_row(const Field& rows, void* settings, std::size_t index) {
    const Field* name = find_field(rows.element_fields(), "name");
    return name ? std::get<std::string>(name->get(rows.row(settings, index))) : std::string();
}

/// The row of that name or number, or the count of rows.
std::size_t row_called(const Field& rows, void* settings, const std::string& name) {
    const std::size_t count = rows.count(settings);
    for (std::size_t i = 0; i < count; ++i)
        if (!name.empty() && name_of_row(rows, settings, i) == name) return i;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = error == std::errc{} && end == name.data() + name.size();
    return is_number && number >= 1 && number <= count ? number - 1 : count;
}

std::string no_such_row(const Field& rows, void* settings, const std::string& name) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.count(settings); ++i)
        if (auto known = name_of_row(rows, settings, i); !known.empty()) names.push_back(std::move(known));
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string near = nearest_name(name, views);
    if (!near.empty())
        return fmt::format("nothing in {} is called \"{}\"; did you mean \"{}\"?", rows.name, name, near);
    return fmt::format("nothing in {} is called \"{}\" (numbers 1 to {}{}{})", rows.name, name, rows.count(settings),
                       names.empty() ? "" : ", or ", fmt::join(names, ", "));
}

FoundSetting find_in(std::span<const Settings> groups, std::span<const std::string> keys) {
    std::vector<std::string_view> known;
    for (const Settings& group : groups) {
        const Field* field = find_field(group.fields, keys.front());
        for (const Field& each : group.fields) known.push_back(each.name);
        if (!field) continue;
        if (field->kind != FieldKind::tables) {
            if (keys.size() > 1) return {.why_none = fmt::format("{} holds a value, not {}", keys[0], keys[1])};
            return {.field = field, .settings = group.address, .why_none = {}};
        }
        if (keys.size() == 1) return {.field = field, .settings = group.address, .why_none = {}};
        const std::size_t row = row_called(*field, group.address, keys[1]);
        if (row == field->count(group.address)) return {.why_none = no_such_row(*field, group.address, keys[1])};
        if (keys.size() == 2) return {.why_none = fmt::format("{0}.{1} needs a key: {0}.{1}.KEY", keys[0], keys[1])};
        const Settings inner{field->element_fields(), field->row(group.address, row)};
        FoundSetting found = find_in(std::span(&inner, 1), keys.subspan(2));
        found.rows.insert(found.rows.begin(), row);
        return found;
    }
    return {.why_none = unknown("key", keys.front(), known)};
}

}  // namespace

FoundSetting find_setting(ChainEntry& entry, std::span<const std::string> keys) {
    const Settings groups[] = {{fields_of(entry.settings), address_of(entry.settings)},
                               {CommonSettings::fields(), &entry.common}};
    if (keys.empty()) return {.why_none = fmt::format("needs a key of the {}", type_of(entry.settings))};
    return find_in(groups, keys);
}

std::optional<std::size_t> find_row(const Field& rows, void* settings, const std::string& name,
                                    std::string& why_none_out) {
    const std::size_t row = row_called(rows, settings, name);
    if (row < rows.count(settings)) return row;
    why_none_out = no_such_row(rows, settings, name);
    return {};
}

}  // namespace lathe
