// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dsp/core/time_point.h"

namespace lathe {

/// What a setting holds, as the album file, a widget or a command line sees it. No value: an optional one left out.
using Value = std::variant<std::monostate, bool, double, std::string, std::vector<double>, std::vector<std::string>>;

enum class FieldKind { boolean, number, integer, choice, text, time, number_list, text_list, tables };

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

struct Field;
/// The fields of one settings struct, in the order a person reads them.
using Fields = std::span<const Field>;

/// The one description of a setting, from which the album file's reading and writing, its errors, `lathe info`, --help
/// and the studio's widgets follow. Settings are reached through a pointer to the struct that `fields()` belongs to.
struct Field {
    std::string_view name;  ///< its key; the unit is the key's ending (_db, _hz, _ms, …)
    FieldKind kind;
    std::string_view unit;                     ///< "dB", "Hz", "ms", "", …: for people
    double min = -unbounded, max = unbounded;  ///< inclusive; of a list: of each element
    std::string_view help;
    std::span<const std::string_view> choices =
        {};  ///< a choice's words, in the order of its enum; for a number: words it also takes
    std::size_t min_count = 0, max_count = std::numeric_limits<std::size_t>::max();  ///< of lists and tables

    Value (*get)(const void* settings) = nullptr;
    /// value: of the kind's own alternative and within the range (check() tells); a word for a number that takes words.
    void (*set)(void* settings, const Value& value) = nullptr;

    Fields (*element_fields)() = nullptr;  ///< of tables: the fields of one row
    std::size_t (*count)(const void* settings) = nullptr;
    void (*resize)(void* settings, std::size_t rows) = nullptr;
    void* (*row)(void* settings, std::size_t index) = nullptr;

    bool is_optional = false;  ///< may be left out, and then has no value
};

/// Why value cannot be this field's ("must be a number", "must be 0 to 96 dB/oct", …), or nothing if it can.
std::optional<std::string> why_not(const Field& field, const Value& value);
/// The same for the number of rows of a field of tables.
std::optional<std::string> why_not_count(const Field& field, std::size_t count);

/// As the album file writes it: 1.5, "hall", [120.0, 1000.0], true. No value gives "".
std::string to_toml(const Value& value);

/// The field of that name, or none.
const Field* find_field(Fields fields, std::string_view name);

/// The known name nearest to a mistyped one (Damerau-Levenshtein, at most a third of it wrong, or nothing but its unit
/// missing: gain for gain_db), or "" if none is near.
std::string nearest_name(std::string_view mistyped, std::span<const std::string_view> known);

/// A number or a word in its place: release_ms = 120 | "auto".
struct NumberOrWord {
    double number = 0;
    std::string word;  ///< empty: the number holds
    bool operator==(const NumberOrWord&) const = default;
};

namespace detail {
/// A time as a value: seconds as a number, samples as text ("441000s"), and back (of a value that why_not() found
/// good).
Value value_of_time(const TimePoint& time);
TimePoint time_of_value(const Value& value);

template <class T>
struct MemberOf;
template <class Struct, class Type>
struct MemberOf<Type Struct::*> {
    using Owner = Struct;
    using Of = Type;
};
template <auto Member>
using OwnerOf = typename MemberOf<decltype(Member)>::Owner;
template <auto Member>
using TypeOf = typename MemberOf<decltype(Member)>::Of;
template <class T>
inline constexpr bool is_optional_type = false;
template <class T>
inline constexpr bool is_optional_type<std::optional<T>> = true;

template <auto Member>
Value get_member(const void* settings) {
    const auto& member = static_cast<const OwnerOf<Member>*>(settings)->*Member;
    using T = TypeOf<Member>;
    if constexpr (is_optional_type<T>) {
        if (!member) return {};
        if constexpr (std::is_same_v<T, std::optional<double>>)
            return *member;
        else if constexpr (std::is_same_v<T, std::optional<bool>>)
            return *member;
        else if constexpr (std::is_arithmetic_v<typename T::value_type>)
            return static_cast<double>(*member);
        else if constexpr (std::is_same_v<T, std::optional<TimePoint>>)
            return value_of_time(*member);
        else
            return *member;
    } else if constexpr (std::is_same_v<T, NumberOrWord>) {
        return member.word.empty() ? Value(member.number) : Value(member.word);
    } else if constexpr (std::is_same_v<T, TimePoint>) {
        return value_of_time(member);
    } else if constexpr (std::is_same_v<T, int>) {
        return static_cast<double>(member);
    } else {
        return member;
    }
}
template <auto Member>
void set_member(void* settings, const Value& value) {
    auto& member = static_cast<OwnerOf<Member>*>(settings)->*Member;
    using T = TypeOf<Member>;
    if constexpr (is_optional_type<T>) {
        using Inner = typename T::value_type;
        if (std::holds_alternative<std::monostate>(value))
            member.reset();
        else if constexpr (std::is_same_v<Inner, int>)
            member = static_cast<int>(std::get<double>(value));
        else if constexpr (std::is_same_v<Inner, TimePoint>)
            member = time_of_value(value);
        else
            member = std::get<Inner>(value);
    } else if constexpr (std::is_same_v<T, NumberOrWord>) {
        if (const auto* word = std::get_if<std::string>(&value))
            member.word = *word;
        else
            member = {std::get<double>(value), {}};
    } else if constexpr (std::is_same_v<T, TimePoint>) {
        member = time_of_value(value);
    } else if constexpr (std::is_same_v<T, int>) {
        member = static_cast<int>(std::get<double>(value));
    } else {
        member = std::get<T>(value);
    }
}
}  // namespace detail

/// The makers of fields, each from a member of the settings struct: number_field<&EqBand::hz>("hz", "Hz", 1, 100000,
/// "…").
template <auto Member>
constexpr Field number_field(std::string_view name, std::string_view unit, double min, double max,
                             std::string_view help, std::span<const std::string_view> words = {}) {
    using T = detail::TypeOf<Member>;
    Field f{
        .name = name, .kind = FieldKind::number, .unit = unit, .min = min, .max = max, .help = help, .choices = words};
    if constexpr (std::is_same_v<T, int> || std::is_same_v<T, std::optional<int>>) f.kind = FieldKind::integer;
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    f.is_optional = detail::is_optional_type<T>;
    return f;
}
template <auto Member>
constexpr Field bool_field(std::string_view name, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::boolean, .unit = "", .help = help};
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    return f;
}
template <auto Member>
constexpr Field text_field(std::string_view name, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::text, .unit = "", .help = help};
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    f.is_optional = detail::is_optional_type<detail::TypeOf<Member>>;
    return f;
}
/// A TimePoint or std::optional<TimePoint> member: a number of seconds, or text as parse_time() takes it.
template <auto Member>
constexpr Field time_field(std::string_view name, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::time, .unit = "s", .help = help};
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    f.is_optional = detail::is_optional_type<detail::TypeOf<Member>>;
    return f;
}
template <auto Member>
constexpr Field number_list_field(std::string_view name, std::string_view unit, double min, double max,
                                  std::size_t min_count, std::size_t max_count, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::number_list, .unit = unit, .min = min, .max = max, .help = help};
    f.min_count = min_count;
    f.max_count = max_count;
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    return f;
}
template <auto Member>
constexpr Field text_list_field(std::string_view name, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::text_list, .unit = "", .help = help};
    f.get = &detail::get_member<Member>;
    f.set = &detail::set_member<Member>;
    return f;
}
namespace detail {
std::size_t index_of_word(std::span<const std::string_view> words, const std::string& word);
template <auto Member, const auto& Words>
Value get_choice(const void* settings) {
    return std::string(Words[static_cast<std::size_t>(static_cast<const OwnerOf<Member>*>(settings)->*Member)]);
}
template <auto Member, const auto& Words>
void set_choice(void* settings, const Value& value) {
    static_cast<OwnerOf<Member>*>(settings)->*Member =
        static_cast<TypeOf<Member>>(index_of_word(Words, std::get<std::string>(value)));
}
}  // namespace detail

/// An enum member whose values 0, 1, … are the words of a static array, in that order:
/// choice_field<&LimiterSettings::style, limiter_styles>("style", "…").
template <auto Member, const auto& Words>
constexpr Field choice_field(std::string_view name, std::string_view help) {
    Field f{.name = name, .kind = FieldKind::choice, .unit = "", .help = help, .choices = Words};
    f.get = &detail::get_choice<Member, Words>;
    f.set = &detail::set_choice<Member, Words>;
    return f;
}
/// A std::vector of structs, each with a static Fields fields().
template <auto Member>
constexpr Field tables_field(std::string_view name, std::size_t min_count, std::size_t max_count,
                             std::string_view help) {
    using Owner = detail::OwnerOf<Member>;
    using Row = typename detail::TypeOf<Member>::value_type;
    Field f{.name = name, .kind = FieldKind::tables, .unit = "", .help = help};
    f.min_count = min_count;
    f.max_count = max_count;
    f.element_fields = &Row::fields;
    f.count = [](const void* s) { return (static_cast<const Owner*>(s)->*Member).size(); };
    f.resize = [](void* s, std::size_t rows) { (static_cast<Owner*>(s)->*Member).resize(rows); };
    f.row = [](void* s, std::size_t i) -> void* { return &(static_cast<Owner*>(s)->*Member)[i]; };
    return f;
}

}  // namespace lathe
