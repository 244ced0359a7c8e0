// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/html.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>

namespace lathe::html {
namespace {

/// Series are told apart by people who see red and green alike too: Okabe and Ito, Color Universal Design, 2008.
constexpr char style[] = R"(
:root { color-scheme: light; --back: #fff; --text: #212429; --soft: #5b616b; --rule: #d5d8dd; --grid: #e6e8eb;
  --strong: #b8bcc4; --warn: #a04000; --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #cc79a7; --s4: #b58900;
  --s5: #56b4e9; --s6: #6a5acd; --s7: #555; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --back: #17191d; --text: #e1e3e8;
  --soft: #a0a6b0; --rule: #3a3e46; --grid: #2a2d33; --strong: #4b505a; --warn: #ffb070; --s0: #56b4e9; --s1: #e69f00;
  --s2: #009e73; --s3: #cc79a7; --s4: #f0e442; --s5: #e0603a; --s6: #a89bff; --s7: #bbb; } }
html { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
body { max-width: 1200px; margin: 0 auto; padding: 24px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; }
h2 { font-size: 21px; margin: 40px 0 8px; border-top: 1px solid var(--rule); padding-top: 20px; }
h3 { font-size: 16px; margin: 20px 0 6px; }
p { margin: 6px 0; }
.soft { color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 8px 36px; margin: 18px 0; }
.facts div { font-size: 22px; } .facts span { display: block; font-size: 13px; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); } td.left, th.left { text-align: left; } td.left { white-space: normal; }
tr.sum td { font-weight: 600; } tr.warn td { color: var(--warn); }
.chart { display: block; width: 100%; height: auto; margin: 8px 0; }
.chart .l { fill: none; stroke-linejoin: round; } .chart .t { fill: var(--text); font-family: inherit; }
.chart .grid { stroke: var(--grid); } .chart .strong { stroke: var(--strong); } .chart .l.t { stroke: var(--soft); }
.s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
.s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); } .s6 { stroke: var(--s6); } .s7 { stroke: var(--s7); }
.f0 { fill: var(--s0); } .f1 { fill: var(--s1); } .f2 { fill: var(--s2); } .f3 { fill: var(--s3); }
.f4 { fill: var(--s4); } .f5 { fill: var(--s5); } .f6 { fill: var(--s6); } .f7 { fill: var(--s7); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; list-style: none; margin: 4px 0; padding: 0 0 0 70px; }
.legend svg { width: 26px; height: 8px; margin-right: 7px; vertical-align: middle; }
footer { margin-top: 40px; border-top: 1px solid var(--rule); padding-top: 10px; overflow-wrap: anywhere; }
@media print { @page { size: A4; margin: 14mm; } html { font-size: 10.5pt; } body { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; } .chart, tr, .facts { break-inside: avoid; } th, td { padding: 2px 5px; font-size: 8.5pt; }
  footer { break-before: avoid; } .track { break-before: page; } .track h2 { border: 0; margin: 0; padding: 0; } .scroll { overflow: visible; } }
)";

}  // namespace

std::string element(const std::string& tag, const std::string& inner, const std::string& css_class) {
    return fmt::format("<{0}{1}>{2}</{0}>\n", tag, css_class.empty() ? "" : " class=\"" + css_class + "\"", inner);
}
std::string heading(int level, const std::string& text) { return element(fmt::format("h{}", level), escaped(text)); }
std::string paragraph(const std::string& text, const std::string& css_class) {
    return element("p", escaped(text), css_class);
}

std::string picture(const std::string& png, const std::string& description) {
    std::string text(4 * ((png.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends it with a zero
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(png.data()),
                    static_cast<int>(png.size()));
    text.pop_back();
    return fmt::format("<img class=\"chart\" alt=\"{}\" src=\"data:image/png;base64,{}\"/>\n", escaped(description),
                       text);
}

Table::Table(std::vector<std::string> heads, std::vector<std::size_t> left)
    : heads_(std::move(heads)), left_(std::move(left)) {}

void Table::add(const std::vector<std::string>& cells, const std::string& css_class) {
    rows_ += row(cells, "td", css_class);
}

std::string Table::row(const std::vector<std::string>& cells, const char* tag, const std::string& css_class) const {
    std::string inner;
    for (std::size_t i = 0; i < cells.size(); ++i)
        inner += element(tag, escaped(cells[i]), std::find(left_.begin(), left_.end(), i) != left_.end() ? "left" : "");
    return element("tr", inner, css_class);
}

std::string Table::markup() const {
    return element("div", element("table", element("thead", row(heads_, "th", "")) + element("tbody", rows_)),
                   "scroll");
}

std::string page(const std::string& title, const std::string& body) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
           element("title", escaped(title)) + element("style", style) + "</head>\n" + element("body", body) +
           "</html>\n";
}

}  // namespace lathe::html
