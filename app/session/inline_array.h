// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/toml_layout.h"

namespace lathe {

/// An array's text in rows and what stands between them, so that rows come, go and change places with their own
/// comments: the lines directly above a row, and what follows it on its line. Everything else stays where it is.
class InlineArray {
public:
    /// value: of the array, brackets included. text: lines end in "\n".
    InlineArray(std::string_view text, TextSpan value);

    std::size_t size() const { return rows_.size(); }
    /// A row in front of the one at `at`, or behind the last; on a line of its own where its neighbours have that.
    void insert(std::size_t at, std::string body);
    void remove(std::size_t index);
    void move(std::size_t from, std::size_t to);

    std::string text() const;

private:
    struct Row {
        std::string lead;   // whole comment lines above
        std::string body;   // the element
        std::string trail;  // the comment behind it, spaces before it included, without the line's end
    };
    /// What lies before a row, behind the row before it: PRE, that row's trail, POST, this row's lead, INDENT. One
    /// comma is in pre or post of every gap between rows. The first lies behind "[", the last before "]".
    struct Gap {
        std::string pre, post, indent;
    };
    void split_lead(Gap& gap, Row& next) const;
    void split_trail(std::string_view between, std::size_t row_indent, Gap& gap, Row& before) const;
    void insert_first(std::string body);

    std::vector<Row> rows_;
    std::vector<Gap> gaps_;  // one more than rows
};

}  // namespace lathe
