// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/plot/axis.h"
#include "app/plot/pen.h"
#include "app/plot/theme.h"

namespace lathe {

/// A picture of curves over time or frequency, as data. Points outside the axes are cut off; a NaN interrupts a curve.
struct Chart {
    struct Curve {
        std::vector<double> x, y;
        int series;
        double width = 1.6;
        bool dashed = false;
    };
    /// What lies between two curves over the same x.
    struct Band {
        std::vector<double> x, low, high;
        int series;
        double alpha = 0.28;
    };
    /// An upright with a text at its head, in the order of x.
    struct Mark {
        double x;
        std::string text;
    };
    /// Explains a series, above the axes.
    struct Key {
        std::string text;
        int series;
        enum class Swatch { line, dashes, area } swatch = Swatch::line;
    };

    std::string title;
    Axis x, y;
    std::vector<Band> bands;  ///< drawn below the curves
    std::vector<Curve> curves;
    std::vector<Mark> marks;
    std::vector<Key> keys;
    int width = 1200, height = 640;
    bool marks_in_rows = false;  ///< their texts centred, in four rows so that neighbours have room; else beside the
                                 ///< uprights, left out where there is no room
};

void draw(const Chart& chart, Pen& pen);
/// The bytes of a PNG file.
std::string chart_png(const Chart& chart, const Theme& theme);
/// An SVG element for a page.
std::string chart_svg(const Chart& chart);

}  // namespace lathe
