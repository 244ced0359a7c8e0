// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/plot/pen.h"
#include "app/plot/theme.h"

namespace lathe {

/// Draws a picture of pixels in a theme's colours.
class CairoPen final : public Pen {
public:
    CairoPen(int width, int height, const Theme& theme);
    ~CairoPen() override;

    void line(std::span<const Point> points, Ink ink, double width, bool dashed) override;
    void area(std::span<const Point> points, Ink ink, double alpha) override;
    void text(Point at, const std::string& text, double size, double align, bool upwards) override;
    double text_width(const std::string& text, double size) const override;
    void clip(const PixelBox& box) override;
    void unclip() override;

    /// Pixels, row after row from the top, 0xRRGGBB each, as many as lie in the box.
    void image(const PixelBox& box, std::vector<std::uint32_t>& pixels);
    /// The picture as the bytes of a PNG file. Throws SystemError.
    std::string png();

private:
    struct Canvas;
    void trace(std::span<const Point> points);
    void colour(Ink ink, double alpha);

    Theme theme_;
    std::unique_ptr<Canvas> canvas_;
};

}  // namespace lathe
