// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/svg_pen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

constexpr int series_colours = 8;

std::string class_of(Ink ink, char letter) {
    switch (ink.part) {
        case Ink::Part::background:
            return "back";
        case Ink::Part::text:
            return "t";
        case Ink::Part::grid:
            return "grid";
        case Ink::Part::strong_grid:
            return "strong";
        case Ink::Part::series:
            break;
    }
    return fmt::format("{}{}", letter, ink.series % series_colours);
}

/// Tenths of a pixel.
std::string number(double value) {
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

std::string list_of(std::span<const Point> points) {
    std::string list;
    for (const Point& point : points) list += number(point.x) + "," + number(point.y) + " ";
    return list;
}

}  // namespace

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') result += c;
        }
    }
    return result;
}

SvgPen::SvgPen(int width, int height, const std::string& title)
    : svg_(fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", width, height,
                       escaped(title))) {}

void SvgPen::line(std::span<const Point> points, Ink ink, double width, bool dashed) {
    svg_ += fmt::format("<polyline class=\"l {}\" stroke-width=\"{:g}\"{} points=\"{}\"/>\n", class_of(ink, 's'), width,
                        dashed ? " stroke-dasharray=\"6 5\"" : "", list_of(points));
}

void SvgPen::area(std::span<const Point> points, Ink ink, double alpha) {
    svg_ += fmt::format("<polygon class=\"{}\" fill-opacity=\"{:g}\" points=\"{}\"/>\n", class_of(ink, 'f'), alpha,
                        list_of(points));
}

void SvgPen::text(Point at, const std::string& text, double size, double align, bool upwards) {
    const char* const anchor = align < 0.25 ? "start" : align > 0.75 ? "end" : "middle";
    const std::string turn =
        upwards ? fmt::format(" transform=\"rotate(-90 {} {})\"", number(at.x), number(at.y)) : std::string();
    svg_ += fmt::format("<text class=\"t\" x=\"{}\" y=\"{}\" font-size=\"{:g}\" text-anchor=\"{}\"{}>{}</text>\n",
                        number(at.x), number(at.y), size, anchor, turn, escaped(text));
}

/// As wide as common sans-serif faces make it, and a little more: the page chooses the face.
double SvgPen::text_width(const std::string& text, double size) const {
    const auto characters =
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return 0.6 * size * static_cast<double>(characters);
}

void SvgPen::clip(const PixelBox& box) {
    svg_ += fmt::format(
        "<svg x=\"{0:g}\" y=\"{1:g}\" width=\"{2:g}\" height=\"{3:g}\" viewBox=\"{0:g} {1:g} {2:g} {3:g}\">\n",
        box.left, box.top, box.right - box.left, box.bottom - box.top);
}

void SvgPen::unclip() { svg_ += "</svg>\n"; }

}  // namespace lathe
