// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/time_point.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace lathe {
namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Frames> parse_count(std::string_view digits) {
    Frames count = 0;
    if (!all_digits(digits)) return {};
    if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc{}) return {};
    return count;
}

/// "12" or "12.345": digits, and perhaps a point and more digits.
std::optional<double> parse_decimal(std::string_view text) {
    const std::size_t point = text.find('.');
    if (!all_digits(text.substr(0, point))) return {};
    if (point != std::string_view::npos && !all_digits(text.substr(point + 1))) return {};
    double number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) return {};
    return number;
}

/// "07" or "07.5", 0 up to 60: two digits before the point, so that 1:5 is not taken for 1:05.
std::optional<double> parse_sixtieths(std::string_view text) {
    if (std::min(text.find('.'), text.size()) != 2) return {};
    const auto number = parse_decimal(text);
    return number && *number < 60 ? number : std::nullopt;
}

}  // namespace

std::optional<TimePoint> parse_time(std::string_view text) {
    if (text.ends_with('s')) {
        const auto samples = parse_count(text.substr(0, text.size() - 1));
        return samples ? std::optional(TimePoint{0, *samples}) : std::nullopt;
    }
    const std::size_t last_colon = text.rfind(':');
    if (last_colon == std::string_view::npos) {
        const auto seconds = parse_decimal(text);
        return seconds ? std::optional(TimePoint{*seconds}) : std::nullopt;
    }
    const auto seconds = parse_sixtieths(text.substr(last_colon + 1));
    const std::string_view front = text.substr(0, last_colon);
    const std::size_t first_colon = front.find(':');
    const auto leading = parse_count(front.substr(0, first_colon));
    if (!seconds || !leading) return {};
    double minutes = static_cast<double>(*leading);
    if (first_colon != std::string_view::npos) {
        const std::string_view middle = front.substr(first_colon + 1);
        const auto within_hour = parse_sixtieths(middle);
        if (!within_hour || !all_digits(middle)) return {};
        minutes = minutes * 60 + *within_hour;
    }
    return TimePoint{minutes * 60 + *seconds};
}

std::string to_text(const TimePoint& time) {
    if (time.samples >= 0) return std::to_string(time.samples) + "s";
    std::array<char, 400> text;  // the largest double has 309 digits, the smallest normal one 308 zeros and 17 digits
    const auto end = std::to_chars(text.data(), text.data() + text.size(), time.seconds, std::chars_format::fixed);
    return {text.data(), end.ptr};
}

}  // namespace lathe
