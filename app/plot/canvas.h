// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>

#include <cstdint>
#include <string>
#include <vector>

#include "app/plot/axis.h"
#include "app/plot/theme.h"

namespace lathe {

/// Where the axes of a picture lie, in pixels.
struct Box {
    double left, top, right, bottom;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
};

enum class TickLength { across, outside };

/// A picture in memory and what all kinds of pictures draw on it.
class Canvas {
public:
    Canvas(int width, int height, const Theme& theme);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    cairo_t* context() const { return context_; }
    const Theme& theme() const { return theme_; }
    void colour(const Colour& c, double alpha = 1) const;
    double text_width(const std::string& text) const;
    /// align: 0 for a text that starts at x, ½ centred, 1 that ends there.
    void text(double x, double y, const std::string& text, double align) const;
    void segment(double x0, double y0, double x1, double y1) const;
    void clip_to(const Box& box) const;  ///< until cairo_restore

    /// The headline over the axes.
    void title(const Box& box, const std::string& text) const;
    void bottom_axis(const Box& box, const Axis& axis, TickLength length) const;
    void left_axis(const Box& box, const Axis& axis, TickLength length) const;
    /// To the right of a scale, without lines.
    void right_axis(const Box& box, const Axis& axis) const;

    /// Pixels, row after row from the top, 0xRRGGBB each, as many as lie in the box.
    void image(const Box& box, std::vector<std::uint32_t>& pixels) const;
    /// The picture as the bytes of a PNG file. Throws SystemError.
    std::string png() const;

private:
    void upright_text(double x, double y, const std::string& text) const;

    Theme theme_;
    double height_;
    cairo_surface_t* surface_;
    cairo_t* context_;
};

}  // namespace lathe
