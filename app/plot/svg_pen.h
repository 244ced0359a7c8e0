// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plot/pen.h"

namespace lathe {

/// Text as HTML and SVG hold it: & < > and quotes are written as references; control characters, which XML cannot hold,
/// are left out.
std::string escaped(const std::string& text);

/// Writes a picture as an SVG element for a page. Colours are the page's: strokes have the classes grid, strong, back
/// and s0 … s7, areas f0 … f7, texts t.
class SvgPen final : public Pen {
public:
    SvgPen(int width, int height, const std::string& title);

    void line(std::span<const Point> points, Ink ink, double width, bool dashed) override;
    void area(std::span<const Point> points, Ink ink, double alpha) override;
    void text(Point at, const std::string& text, double size, double align, bool upwards) override;
    double text_width(const std::string& text, double size) const override;
    void clip(const PixelBox& box) override;
    void unclip() override;

    std::string svg() const { return svg_ + "</svg>\n"; }

private:
    std::string svg_;
};

}  // namespace lathe
