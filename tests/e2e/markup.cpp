// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/markup.h"

#include <cctype>
#include <stdexcept>

namespace lathe::test {
namespace {

class Parser {
public:
    Parser(const std::string& page, Markup& markup) : page_(page), markup_(markup) {}

    void parse() {
        expect("<!DOCTYPE html>");
        while (at_ < page_.size()) {
            if (page_[at_] != '<')
                characters();
            else if (page_.compare(at_, 2, "</") == 0)
                close();
            else
                open();
        }
        if (!open_.empty()) fail("not closed: " + open_.back());
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(what + " at " + std::to_string(at_) + ": " + page_.substr(at_, 40));
    }
    void expect(const std::string& text) {
        if (page_.compare(at_, text.size(), text) != 0) fail("expected " + text);
        at_ += text.size();
    }
    void skip_blanks() {
        while (at_ < page_.size() && std::isspace(static_cast<unsigned char>(page_[at_]))) ++at_;
    }
    std::string name() {
        const std::size_t first = at_;
        while (at_ < page_.size() && (std::isalnum(static_cast<unsigned char>(page_[at_])) || page_[at_] == '-')) ++at_;
        if (at_ == first) fail("expected a name");
        return page_.substr(first, at_ - first);
    }
    /// One character or reference.
    char character() {
        static const std::map<std::string, char> references{
            {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
        const char c = page_[at_];
        if (static_cast<unsigned char>(c) < 0x20 && !std::isspace(static_cast<unsigned char>(c)))
            fail("control character");
        if (c != '&') return ++at_, c;
        for (const auto& [text, meaning] : references)
            if (page_.compare(at_, text.size(), text) == 0) return at_ += text.size(), meaning;
        fail("unknown reference");
    }
    void characters() {
        const bool shown = open_.empty() || open_.back() != "style";
        while (at_ < page_.size() && page_[at_] != '<') {
            const char c = character();
            if (open_.empty() && !std::isspace(static_cast<unsigned char>(c))) fail("text outside the root");
            if (shown) markup_.text += c;
        }
        markup_.text += ' ';
    }
    void open() {
        expect("<");
        const std::string element = name();
        ++markup_.elements[element];
        std::map<std::string, int> given;
        for (skip_blanks(); page_.at(at_) != '>' && page_.at(at_) != '/'; skip_blanks()) {
            const std::string attribute = name();
            if (given[attribute]++) fail("twice: " + attribute);
            expect("=\"");
            std::string value;
            while (page_.at(at_) != '"') {
                if (page_[at_] == '<') fail("< in an attribute");
                value += character();
            }
            expect("\"");
            markup_.attributes.push_back({element, attribute, value});
        }
        if (page_[at_] == '/') {
            expect("/>");
            return;
        }
        expect(">");
        open_.push_back(element);
    }
    void close() {
        expect("</");
        if (open_.empty() || name() != open_.back()) fail("closes another element");
        expect(">");
        open_.pop_back();
    }

    const std::string& page_;
    Markup& markup_;
    std::size_t at_ = 0;
    std::vector<std::string> open_;
};

}  // namespace

Markup parse_markup(const std::string& page) {
    Markup markup;
    try {
        Parser(page, markup).parse();
    } catch (const std::exception& error) {
        markup.error = error.what();
    }
    return markup;
}

}  // namespace lathe::test
