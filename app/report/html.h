// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/plot/svg_pen.h"

/// The few elements that a report is made of. Texts are escaped here; `inner` is markup.
namespace lathe::html {

std::string element(const std::string& tag, const std::string& inner, const std::string& css_class = "");
std::string heading(int level, const std::string& text);
std::string paragraph(const std::string& text, const std::string& css_class = "");

/// A PNG file's picture, held in the page itself.
std::string picture(const std::string& png, const std::string& description);

/// A table of texts. Columns are set to the right but for those named.
class Table {
public:
    Table(std::vector<std::string> heads, std::vector<std::size_t> left);
    void add(const std::vector<std::string>& cells, const std::string& css_class = "");
    std::string markup() const;

private:
    std::string row(const std::vector<std::string>& cells, const char* tag, const std::string& css_class) const;
    std::vector<std::string> heads_;
    std::vector<std::size_t> left_;
    std::string rows_;
};

/// A whole page with its style, well-formed as XML too. Nothing in it is fetched from elsewhere.
std::string page(const std::string& title, const std::string& body);

}  // namespace lathe::html
