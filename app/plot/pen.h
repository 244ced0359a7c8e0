// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

namespace lathe {

struct Point {
    double x, y;  ///< pixels from the top left
};
struct PixelBox {
    double left, top, right, bottom;
};

/// What a stroke means; the pen knows its colour.
struct Ink {
    enum class Part { background, text, grid, strong_grid, series };
    Part part;
    int series = 0;
    static Ink of_series(int number) { return {Part::series, number}; }
};
inline constexpr Ink background_ink{Ink::Part::background}, text_ink{Ink::Part::text}, grid_ink{Ink::Part::grid},
    strong_grid_ink{Ink::Part::strong_grid};

/// Something to draw a picture with.
class Pen {
public:
    virtual ~Pen() = default;
    virtual void line(std::span<const Point> points, Ink ink, double width, bool dashed) = 0;
    /// Fills what the points enclose.
    virtual void area(std::span<const Point> points, Ink ink, double alpha) = 0;
    /// align: 0 for a text that starts at the point, ½ centred, 1 that ends there. upwards: read from below to above.
    virtual void text(Point at, const std::string& text, double size, double align, bool upwards) = 0;
    /// Of text in that size, in pixels.
    virtual double text_width(const std::string& text, double size) const = 0;
    /// What is drawn from here on is cut off outside the box, until unclip().
    virtual void clip(const PixelBox& box) = 0;
    virtual void unclip() = 0;
};

}  // namespace lathe
