// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lathe {
namespace {

std::string listed(std::span<const std::string_view> words) { return fmt::format("{}", fmt::join(words, ", ")); }

std::string number_text(double number) {
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    return fmt::format("{}", number);
}

std::string range_text(const Field& field) {
    const std::string unit = field.unit.empty() ? "" : fmt::format(" {}", field.unit);
    if (std::isinf(field.min) && std::isinf(field.max)) return "a number";
    if (std::isinf(field.max)) return fmt::format("at least {}{}", number_text(field.min), unit);
    if (std::isinf(field.min)) return fmt::format("at most {}{}", number_text(field.max), unit);
    return fmt::format("{} to {}{}", number_text(field.min), number_text(field.max), unit);
}

std::optional<std::string> why_not_number(const Field& field, double number) {
    if (std::isnan(number)) return "must be a number, not nan";
    if (field.kind == FieldKind::integer && number != std::floor(number)) return "must be a whole number";
    if (number < field.min || number > field.max)
        return fmt::format("must be {}, not {}", range_text(field), number_text(number));
    return {};
}

/// Why a field of numbers cannot be text, with the number itself where the text begins with one ("-3 dB").
std::string why_not_text(const Field& field, const std::string& text) {
    double number = 0;
    const char* first = text.data() + (text.starts_with('+') ? 1 : 0);
    const bool begins_with_number = std::from_chars(first, text.data() + text.size(), number).ec == std::errc{};
    const std::string_view kind = field.kind == FieldKind::integer ? "whole number" : "number";
    if (begins_with_number && !std::isnan(number))
        return fmt::format("must be a {} without quotes or unit: {}, not \"{}\"", kind, number_text(number), text);
    return fmt::format("must be a {}, not \"{}\"", kind, text);
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            out += c;
    }
    return out + '"';
}

/// Edits (insert, delete, replace, swap of neighbours) that turn a into b.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> why_not(const Field& field, const Value& value) {
    if (std::holds_alternative<std::monostate>(value))
        return field.is_optional ? std::nullopt : std::optional<std::string>("must have a value");
    switch (field.kind) {
        case FieldKind::boolean:
            if (!std::holds_alternative<bool>(value)) return "must be true or false";
            return {};
        case FieldKind::number:
        case FieldKind::integer:
            if (const auto* number = std::get_if<double>(&value)) return why_not_number(field, *number);
            if (const auto* text = std::get_if<std::string>(&value)) {
                if (field.choices.empty()) return why_not_text(field, *text);
                if (std::find(field.choices.begin(), field.choices.end(), *text) != field.choices.end()) return {};
                return fmt::format("must be a number or \"{}\", not \"{}\"", fmt::join(field.choices, "\", \""), *text);
            }
            return field.kind == FieldKind::integer ? "must be a whole number" : "must be a number";
        case FieldKind::choice: {
            const auto* word = std::get_if<std::string>(&value);
            if (!word) return fmt::format("must be one of {}, in quotes", listed(field.choices));
            if (std::find(field.choices.begin(), field.choices.end(), *word) != field.choices.end()) return {};
            const std::string near = nearest_name(*word, field.choices);
            return fmt::format("cannot be \"{}\"{} ({})", *word,
                               near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near), listed(field.choices));
        }
        case FieldKind::text:
            if (!std::holds_alternative<std::string>(value)) return "must be text, in quotes";
            return {};
        case FieldKind::time:
            if (const auto* seconds = std::get_if<double>(&value))
                if (*seconds >= 0 && std::isfinite(*seconds)) return {};
            if (const auto* text = std::get_if<std::string>(&value))
                if (parse_time(*text)) return {};
            return "must be a time: seconds (1.5), \"m:ss.fff\", \"h:mm:ss.fff\" or samples (\"441000s\")";
        case FieldKind::number_list: {
            const auto* numbers = std::get_if<std::vector<double>>(&value);
            if (!numbers) return "must be a list of numbers, as [1, 2]";
            for (const double number : *numbers)
                if (auto why = why_not_number(field, number)) return why;
            return why_not_count(field, numbers->size());
        }
        case FieldKind::text_list: {
            const auto* texts = std::get_if<std::vector<std::string>>(&value);
            if (!texts) return "must be a list of texts, as [\"a\", \"b\"]";
            return why_not_count(field, texts->size());
        }
        case FieldKind::tables:
            return "must be a list of tables, as [ { … } ]";
    }
    return {};
}

std::optional<std::string> why_not_count(const Field& field, std::size_t count) {
    if (count >= field.min_count && count <= field.max_count) return {};
    if (field.min_count == 0) return fmt::format("must have at most {} entries, not {}", field.max_count, count);
    return fmt::format("must have {} to {} entries, not {}", field.min_count, field.max_count, count);
}

std::string to_toml(const Value& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
    std::vector<std::string> parts;
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
        for (const double number : *numbers) parts.push_back(number_text(number));
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        for (const std::string& text : *texts) parts.push_back(quoted(text));
    } else {
        return "";
    }
    return fmt::format("[{}]", fmt::join(parts, ", "));
}

const Field* find_field(Fields fields, std::string_view name) {
    for (const Field& field : fields)
        if (field.name == name) return &field;
    return nullptr;
}

std::string nearest_name(std::string_view mistyped, std::span<const std::string_view> known) {
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(1, (mistyped.size() + 1) / 3) + 1;
    const std::string without_unit = std::string(mistyped) + '_';
    for (const std::string_view name : known) {
        const bool lacks_unit = !mistyped.empty() && name.starts_with(without_unit);
        if (const std::size_t distance = lacks_unit ? 1 : edit_distance(mistyped, name); distance < best_distance) {
            best = name;
            best_distance = distance;
        }
    }
    return std::string(best);
}

namespace detail {
Value value_of_time(const TimePoint& time) {
    if (time.samples >= 0) return to_text(time);
    return time.seconds;
}
TimePoint time_of_value(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return parse_time(*text).value();
    return {std::get<double>(value)};
}
std::size_t index_of_word(std::span<const std::string_view> words, const std::string& word) {
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}
}  // namespace detail

}  // namespace lathe
