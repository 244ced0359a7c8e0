// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plot/axis.h"
#include "app/plot/pen.h"

/// What all kinds of pictures have around them.
namespace lathe {

enum class TickLength { across, outside };

void draw_title(Pen& pen, const PixelBox& box, const std::string& title);
/// picture_height: its title stands just above the lower edge.
void draw_bottom_axis(Pen& pen, const PixelBox& box, const Axis& axis, TickLength length, double picture_height);
void draw_left_axis(Pen& pen, const PixelBox& box, const Axis& axis, TickLength length);
/// To the right of a scale, without lines.
void draw_right_axis(Pen& pen, const PixelBox& box, const Axis& axis);
/// A text in the size of the axes' labels. align: as Pen::text has it.
void draw_label(Pen& pen, Point at, const std::string& text, double align);
double label_width(const Pen& pen, const std::string& text);

}  // namespace lathe
