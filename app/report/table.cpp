// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

/// Characters, not bytes, of UTF-8.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string Table::text() const {
    std::vector<std::size_t> widths(columns_.size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - width_of(row[i]), ' ');
            line += (i ? "  " : "") + (columns_[i] == Align::left ? row[i] + padding : padding + row[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string fixed(std::optional<double> value, int decimals) {
    if (!value || !std::isfinite(*value)) return "−∞";
    std::string text = fmt::format("{:.{}f}", *value, decimals);
    if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
    return text;
}

std::string clock_text(double seconds) {
    const long tenths = std::lround(seconds * 10);
    const long h = tenths / 36000, m = tenths / 600 % 60, s = tenths / 10 % 60, t = tenths % 10;
    return h > 0 ? fmt::format("{}:{:02}:{:02}.{}", h, m, s, t) : fmt::format("{}:{:02}.{}", m, s, t);
}

}  // namespace lathe
