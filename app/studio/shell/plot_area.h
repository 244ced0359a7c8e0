// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <span>
#include <string>

#include "app/plot/axis.h"

namespace lathe {

/// A rectangle of the screen with two axes: where values lie in it, and what is drawn there.
class PlotArea {
public:
    /// box: inside the axes' labels. x and y: of the axes.
    PlotArea(ImVec2 low, ImVec2 high, Axis x, Axis y);

    ImVec2 low() const { return low_; }    ///< top left
    ImVec2 high() const { return high_; }  ///< bottom right
    float width() const { return high_.x - low_.x; }
    float height() const { return high_.y - low_.y; }
    float x_of(double value) const;
    float y_of(double value) const;
    double x_at(float pixel) const;
    double y_at(float pixel) const;
    bool holds(ImVec2 point) const;

    /// Lines and labels of the axes; labels below and to the left.
    void draw_axes(bool with_x_labels = true) const;
    /// y of every pixel column: low[i] and high[i] belong to the column i of the area; NaN: nothing.
    void fill_between(std::span<const float> low, std::span<const float> high, ImU32 colour) const;
    /// Through the points (x[i], y[i]); NaN interrupts.
    void curve(std::span<const double> x, std::span<const double> y, ImU32 colour, float points = 1.5f) const;
    void level_line(double y, ImU32 colour) const;
    void upright(double x, ImU32 colour) const;

private:
    ImVec2 low_, high_;
    Axis x_, y_;
};

/// Text at a place: align 0 begins there, 0.5 is centred, 1 ends there.
void draw_text(ImVec2 at, ImU32 colour, const std::string& text, float align = 0);
/// The text, its end cut off behind … where it is wider than that, in the font at hand.
std::string shortened(std::string text, float width);
/// A panel's ground and its name in the corner.
void draw_panel_title(const char* title);

}  // namespace lathe
