// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/canvas.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr double title_size = 19, label_size = 15, tick_length = 5;

cairo_status_t append(void* text, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Canvas::Canvas(int width, int height, const Theme& theme)
    : theme_(theme),
      height_(height),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
      context_(cairo_create(surface_)) {
    cairo_select_font_face(context_, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context_, label_size);
    cairo_set_line_width(context_, 1);
    colour(theme_.background);
    cairo_paint(context_);
}

Canvas::~Canvas() {
    cairo_destroy(context_);
    cairo_surface_destroy(surface_);
}

void Canvas::colour(const Colour& c, double alpha) const {
    cairo_set_source_rgba(context_, c.red, c.green, c.blue, c.alpha * alpha);
}

double Canvas::text_width(const std::string& text) const {
    cairo_text_extents_t extents;
    cairo_text_extents(context_, text.c_str(), &extents);
    return extents.x_advance;
}

void Canvas::text(double x, double y, const std::string& text, double align) const {
    cairo_move_to(context_, x - align * text_width(text), y);
    cairo_show_text(context_, text.c_str());
}

void Canvas::upright_text(double x, double y, const std::string& words) const {
    cairo_save(context_);
    cairo_translate(context_, x, y);
    cairo_rotate(context_, -std::acos(-1.0) / 2);
    text(0, 0, words, 0.5);
    cairo_restore(context_);
}

void Canvas::segment(double x0, double y0, double x1, double y1) const {
    cairo_move_to(context_, x0, y0);
    cairo_line_to(context_, x1, y1);
    cairo_stroke(context_);
}

void Canvas::clip_to(const Box& box) const {
    cairo_save(context_);
    cairo_rectangle(context_, box.left, box.top, box.width(), box.height());
    cairo_clip(context_);
}

void Canvas::title(const Box& box, const std::string& words) const {
    colour(theme_.text);
    cairo_set_font_size(context_, title_size);
    text(box.left, 32, words, 0);
    cairo_set_font_size(context_, label_size);
}

void Canvas::bottom_axis(const Box& box, const Axis& axis, TickLength length) const {
    for (const Tick& tick : axis.ticks) {
        const double x = box.left + box.width() * tick.at;
        colour(tick.strong ? theme_.strong_grid : theme_.grid);
        if (length == TickLength::across)
            segment(x, box.top, x, box.bottom);
        else
            segment(x, box.bottom, x, box.bottom + tick_length);
        colour(theme_.text);
        text(x, box.bottom + 22, tick.label, tick.at > 0.997 ? 0.7 : 0.5);
    }
    text((box.left + box.right) / 2, height_ - 14, axis.title, 0.5);
}

void Canvas::left_axis(const Box& box, const Axis& axis, TickLength length) const {
    for (const Tick& tick : axis.ticks) {
        const double y = box.bottom - box.height() * tick.at;
        colour(tick.strong ? theme_.strong_grid : theme_.grid);
        if (length == TickLength::across)
            segment(box.left, y, box.right, y);
        else
            segment(box.left - tick_length, y, box.left, y);
        colour(theme_.text);
        text(box.left - 8, y + 5, tick.label, 1);
    }
    upright_text(20, (box.top + box.bottom) / 2, axis.title);
}

void Canvas::right_axis(const Box& box, const Axis& axis) const {
    double widest = 0;
    for (const Tick& tick : axis.ticks) widest = std::max(widest, text_width(tick.label));
    colour(theme_.text);
    for (const Tick& tick : axis.ticks)
        text(box.right + 8 + widest, box.bottom - box.height() * tick.at + 5, tick.label, 1);
    upright_text(box.right + widest + 28, (box.top + box.bottom) / 2, axis.title);
}

void Canvas::image(const Box& box, std::vector<std::uint32_t>& pixels) const {
    const auto width = static_cast<int>(box.width()), height = static_cast<int>(box.height());
    cairo_surface_t* const image = cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()),
                                                                       CAIRO_FORMAT_RGB24, width, height, 4 * width);
    cairo_set_source_surface(context_, image, box.left, box.top);
    cairo_paint(context_);
    cairo_surface_destroy(image);
}

std::string Canvas::png() const {
    std::string bytes;
    if (cairo_surface_write_to_png_stream(surface_, append, &bytes) != CAIRO_STATUS_SUCCESS)
        throw SystemError("the picture could not be made: there is no memory left");
    return bytes;
}

}  // namespace lathe
