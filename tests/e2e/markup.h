// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace lathe::test {

/// A page read strictly, as XML is: every element closed in turn, every attribute quoted and given once, every < and &
/// of the text written as a reference.
struct Markup {
    struct Attribute {
        std::string element, name, value;
    };
    std::string error;  ///< what is wrong, and where; empty: well-formed
    std::string text;   ///< of all elements but style, references resolved, a blank between elements
    std::map<std::string, int> elements;
    std::vector<Attribute> attributes;
};
Markup parse_markup(const std::string& page);

}  // namespace lathe::test
