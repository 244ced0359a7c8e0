// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace lathe {
namespace {

constexpr const char* thin_space = "\u2009";
constexpr const char* minus = "\u2212";

/// With a true minus sign.
std::string number_text(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !is_zero ? minus + text : text;
}

int decimals_for(double value, std::string_view unit) {
    const double size = std::abs(value);
    if (unit == "dB" || unit == "dBTP" || unit == "LUFS" || unit == "dB/oct") return unit == "dB/oct" ? 0 : 1;
    if (unit == "ms" || unit == "Hz") return size < 10 ? 1 : 0;
    return size < 10 ? 2 : size < 100 ? 1 : 0;
}

}  // namespace

std::string quantity_text(double value, std::string_view unit) {
    if (std::isinf(value)) return fmt::format("{}\u221e{}{}", value < 0 ? minus : "", thin_space, unit);
    if (unit == "Hz" && value >= 1000)
        return fmt::format("{}{}kHz", number_text(value / 1000, value < 10000 ? 2 : 1), thin_space);
    const std::string text = number_text(value, decimals_for(value, unit));
    return unit.empty() ? text : fmt::format("{}{}{}", text, thin_space, unit);
}

std::string setting_text(double value, std::string_view unit) {
    const bool is_level = unit == "dB" || unit == "dBTP" || unit == "LUFS";
    const bool has_hundredths = std::isfinite(value) && std::abs(value * 10 - std::round(value * 10)) > 1e-6;
    if (!is_level || !has_hundredths) return quantity_text(value, unit);
    return fmt::format("{}{}{}", number_text(value, 2), thin_space, unit);
}

std::string signed_text(double value, std::string_view unit) {
    const std::string text = quantity_text(value, unit);
    return value > 0 ? "+" + text : text;
}

std::string measured_text(const std::optional<double>& value, const char* unit, int decimals) {
    if (!value) return no_value;
    const std::string behind = *unit ? std::string(thin_space) + unit : "";
    if (std::isinf(*value)) return fmt::format("{}\u221e{}", *value < 0 ? minus : "", behind);
    return number_text(*value, decimals) + behind;
}

std::string time_text(double seconds, bool exact) {
    const auto ms = static_cast<long long>(std::llround(seconds * 1000));
    const long long whole = ms / 1000, hours = whole / 3600;
    std::string text = hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, whole / 60 % 60, whole % 60)
                                 : fmt::format("{}:{:02}", whole / 60, whole % 60);
    return exact ? text + fmt::format(".{:03}", ms % 1000) : text;
}

std::string with_minus(std::string text) {
    for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at)) text.replace(at, 1, minus);
    return text;
}

std::optional<double> typed_quantity(std::string_view typed, std::string_view unit) {
    std::string text;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed.substr(i).starts_with(minus)) {
            text += '-';
            i += std::string_view(minus).size() - 1;
        } else if (!std::isspace(static_cast<unsigned char>(typed[i]))) {
            text += typed[i] == ',' ? '.' : static_cast<char>(std::tolower(static_cast<unsigned char>(typed[i])));
        }
    }
    if (text == "-inf") return -INFINITY;
    char* end = nullptr;
    double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || std::isnan(value)) return {};
    std::string rest = end;
    if (unit == "s" && rest.starts_with(":")) {
        const double seconds = std::strtod(rest.c_str() + 1, &end);
        return *end == '\0' ? std::optional(60 * value + seconds) : std::nullopt;
    }
    std::string own(unit);
    std::transform(own.begin(), own.end(), own.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (rest.starts_with("k") && unit == "Hz") {
        value *= 1000;
        rest.erase(0, 1);
    }
    if (rest == "s" && unit == "ms") return value * 1000;
    if (rest == "ms" && unit == "s") return value / 1000;
    if (rest == "%" && unit.empty()) return value / 100;
    return own.starts_with(rest) ? std::optional(value) : std::nullopt;  // "dB" stands for dBTP too
}

}  // namespace lathe
