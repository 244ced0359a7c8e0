// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/cairo_pen.h"

#include <cairo.h>

#include <cmath>

#include "dsp/core/error.h"

namespace lathe {
namespace {
cairo_status_t append(void* text, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}
}  // namespace

struct CairoPen::Canvas {
    Canvas(int width, int height)
        : surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)), context(cairo_create(surface)) {}
    ~Canvas() {
        cairo_destroy(context);
        cairo_surface_destroy(surface);
    }
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    cairo_surface_t* surface;
    cairo_t* context;
};

CairoPen::CairoPen(int width, int height, const Theme& theme)
    : theme_(theme), canvas_(std::make_unique<Canvas>(width, height)) {
    cairo_select_font_face(canvas_->context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_line_join(canvas_->context, CAIRO_LINE_JOIN_ROUND);
    colour(background_ink, 1);
    cairo_paint(canvas_->context);
}

CairoPen::~CairoPen() = default;

void CairoPen::colour(Ink ink, double alpha) {
    const Colour& c = ink.part == Ink::Part::background ? theme_.background
                      : ink.part == Ink::Part::text     ? theme_.text
                      : ink.part == Ink::Part::grid     ? theme_.grid
                      : ink.part == Ink::Part::strong_grid
                          ? theme_.strong_grid
                          : theme_.series[static_cast<std::size_t>(ink.series) % theme_.series.size()];
    cairo_set_source_rgba(canvas_->context, c.red, c.green, c.blue, c.alpha * alpha);
}

void CairoPen::trace(std::span<const Point> points) {
    cairo_new_path(canvas_->context);  // text leaves a point behind
    for (const Point& point : points) cairo_line_to(canvas_->context, point.x, point.y);
}

void CairoPen::line(std::span<const Point> points, Ink ink, double width, bool dashed) {
    constexpr double dashes[] = {6, 5};
    trace(points);
    colour(ink, 1);
    cairo_set_line_width(canvas_->context, width);
    cairo_set_dash(canvas_->context, dashes, dashed ? 2 : 0, 0);
    cairo_stroke(canvas_->context);
}

void CairoPen::area(std::span<const Point> points, Ink ink, double alpha) {
    trace(points);
    colour(ink, alpha);
    cairo_fill(canvas_->context);
}

void CairoPen::text(Point at, const std::string& text, double size, double align, bool upwards) {
    cairo_t* const c = canvas_->context;
    const double shift = align * text_width(text, size);
    cairo_save(c);
    cairo_translate(c, at.x, at.y);
    if (upwards) cairo_rotate(c, -std::acos(-1.0) / 2);
    cairo_move_to(c, -shift, 0);
    colour(text_ink, 1);
    cairo_show_text(c, text.c_str());
    cairo_restore(c);
}

double CairoPen::text_width(const std::string& text, double size) const {
    cairo_text_extents_t extents;
    cairo_set_font_size(canvas_->context, size);
    cairo_text_extents(canvas_->context, text.c_str(), &extents);
    return extents.x_advance;
}

void CairoPen::clip(const PixelBox& box) {
    cairo_save(canvas_->context);
    cairo_rectangle(canvas_->context, box.left, box.top, box.right - box.left, box.bottom - box.top);
    cairo_clip(canvas_->context);
}

void CairoPen::unclip() { cairo_restore(canvas_->context); }

void CairoPen::image(const PixelBox& box, std::vector<std::uint32_t>& pixels) {
    const auto width = static_cast<int>(box.right - box.left), height = static_cast<int>(box.bottom - box.top);
    cairo_surface_t* const image = cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()),
                                                                       CAIRO_FORMAT_RGB24, width, height, 4 * width);
    cairo_set_source_surface(canvas_->context, image, box.left, box.top);
    cairo_paint(canvas_->context);
    cairo_surface_destroy(image);
}

std::string CairoPen::png() {
    std::string bytes;
    if (cairo_surface_write_to_png_stream(canvas_->surface, append, &bytes) != CAIRO_STATUS_SUCCESS)
        throw SystemError("the picture could not be made: there is no memory left");
    return bytes;
}

}  // namespace lathe
