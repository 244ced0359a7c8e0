// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lathe {

/// Text in columns, for people: the first row is the heading. Widths follow the content, counted in characters.
class Table {
public:
    enum class Align { left, right };
    explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    std::string text() const;

private:
    std::vector<Align> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// A number as tables show it: "-14.0", or "−∞" where it does not exist.
std::string fixed(std::optional<double> value, int decimals);
/// "3:07.2", "1:02:03.4".
std::string clock_text(double seconds);

}  // namespace lathe
