// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/axes.h"

#include <algorithm>

namespace lathe {
namespace {

constexpr double title_size = 19, label_size = 15, tick_length = 5;

void straight(Pen& pen, Point from, Point to, bool strong) {
    const Point ends[] = {from, to};
    pen.line(ends, strong ? strong_grid_ink : grid_ink, 1, false);
}

void upright_title(Pen& pen, double x, const PixelBox& box, const std::string& title) {
    pen.text({x, (box.top + box.bottom) / 2}, title, label_size, 0.5, true);
}

}  // namespace

void draw_label(Pen& pen, Point at, const std::string& text, double align) {
    pen.text(at, text, label_size, align, false);
}
double label_width(const Pen& pen, const std::string& text) { return pen.text_width(text, label_size); }

void draw_title(Pen& pen, const PixelBox& box, const std::string& title) {
    pen.text({box.left, 32}, title, title_size, 0, false);
}

void draw_bottom_axis(Pen& pen, const PixelBox& box, const Axis& axis, TickLength length, double picture_height) {
    for (const Tick& tick : axis.ticks) {
        const double x = box.left + (box.right - box.left) * tick.at;
        straight(pen, {x, length == TickLength::across ? box.top : box.bottom},
                 {x, length == TickLength::across ? box.bottom : box.bottom + tick_length}, tick.strong);
        if (!tick.label.empty()) draw_label(pen, {x, box.bottom + 22}, tick.label, tick.at > 0.997 ? 0.7 : 0.5);
    }
    draw_label(pen, {(box.left + box.right) / 2, picture_height - 14}, axis.title, 0.5);
}

void draw_left_axis(Pen& pen, const PixelBox& box, const Axis& axis, TickLength length) {
    for (const Tick& tick : axis.ticks) {
        const double y = box.bottom - (box.bottom - box.top) * tick.at;
        straight(pen, {length == TickLength::across ? box.left : box.left - tick_length, y},
                 {length == TickLength::across ? box.right : box.left, y}, tick.strong);
        draw_label(pen, {box.left - 8, y + 5}, tick.label, 1);
    }
    upright_title(pen, 20, box, axis.title);
}

void draw_right_axis(Pen& pen, const PixelBox& box, const Axis& axis) {
    double widest = 0;
    for (const Tick& tick : axis.ticks) widest = std::max(widest, label_width(pen, tick.label));
    for (const Tick& tick : axis.ticks)
        draw_label(pen, {box.right + 8 + widest, box.bottom - (box.bottom - box.top) * tick.at + 5}, tick.label, 1);
    upright_title(pen, box.right + widest + 28, box, axis.title);
}

}  // namespace lathe
