// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/figure.h"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr int width = 1200, height = 640;
constexpr double left = 74, right = 24, top = 78, bottom = 62;
constexpr double title_size = 19, label_size = 15;

cairo_status_t append(void* text, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Figure::Canvas {
    Canvas() : surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)), context(cairo_create(surface)) {
        cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    }
    ~Canvas() {
        cairo_destroy(context);
        cairo_surface_destroy(surface);
    }
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void colour(const Colour& c, double alpha = 1) const {
        cairo_set_source_rgba(context, c.red, c.green, c.blue, c.alpha * alpha);
    }
    double text_width(const std::string& text) const {
        cairo_text_extents_t extents;
        cairo_text_extents(context, text.c_str(), &extents);
        return extents.x_advance;
    }
    /// align: 0 for a text that starts at x, ½ centred, 1 that ends there.
    void text(double x, double y, const std::string& text, double align) const {
        cairo_move_to(context, x - align * text_width(text), y);
        cairo_show_text(context, text.c_str());
    }
    void segment(double x0, double y0, double x1, double y1) const {
        cairo_move_to(context, x0, y0);
        cairo_line_to(context, x1, y1);
        cairo_stroke(context);
    }
    void clip_to_axes() const {
        cairo_save(context);
        cairo_rectangle(context, left, top, width - left - right, height - top - bottom);
        cairo_clip(context);
    }

    cairo_surface_t* surface;
    cairo_t* context;
};

Figure::Figure(const Theme& theme, const std::string& title, Range hz, Range db, const std::string& db_label)
    : theme_(theme), hz_(hz), db_(db), canvas_(std::make_unique<Canvas>()), legend_x_(width - right) {
    canvas_->colour(theme_.background);
    cairo_paint(canvas_->context);
    draw_axes(title, db_label);
}

Figure::~Figure() = default;

double Figure::x(double hz) const {
    return left + (width - left - right) * std::log(hz / hz_.low) / std::log(hz_.high / hz_.low);
}
double Figure::y(double db) const { return top + (height - top - bottom) * (db_.high - db) / (db_.high - db_.low); }

void Figure::draw_axes(const std::string& title, const std::string& db_label) {
    cairo_t* const c = canvas_->context;
    cairo_set_line_width(c, 1);
    for (double decade = 1; decade <= 1e5; decade *= 10)
        for (int digit = 1; digit < 10; ++digit) {
            const double hz = digit * decade;
            if (hz < hz_.low * 0.999 || hz > hz_.high * 1.001) continue;
            const bool labelled = digit == 1 || digit == 2 || digit == 5;
            canvas_->colour(labelled ? theme_.strong_grid : theme_.grid);
            canvas_->segment(x(hz), top, x(hz), height - bottom);
            if (!labelled) continue;
            canvas_->colour(theme_.text);
            cairo_set_font_size(c, label_size);
            const double align = hz > hz_.high * 0.98 ? 0.7 : 0.5;
            canvas_->text(x(hz), height - bottom + 22,
                          hz < 1000 ? fmt::format("{}", hz) : fmt::format("{}k", hz / 1000), align);
        }
    for (double db = std::ceil(db_.low / 10) * 10; db <= db_.high + 1e-9; db += 10) {
        canvas_->colour(std::abs(db) < 1e-9 ? theme_.strong_grid : theme_.grid);
        canvas_->segment(left, y(db), width - right, y(db));
        canvas_->colour(theme_.text);
        cairo_set_font_size(c, label_size);
        canvas_->text(left - 8, y(db) + 5, fmt::format("{:g}", db), 1);
    }
    canvas_->colour(theme_.text);
    canvas_->text((left + width - right) / 2, height - 14, "frequency in Hz", 0.5);
    cairo_save(c);
    cairo_translate(c, 20, (top + height - bottom) / 2);
    cairo_rotate(c, -std::acos(-1.0) / 2);
    canvas_->text(0, 0, db_label, 0.5);
    cairo_restore(c);
    cairo_set_font_size(c, title_size);
    canvas_->text(left, 32, title, 0);
    cairo_set_font_size(c, label_size);
}

void Figure::line(std::span<const double> hz, std::span<const double> db, int series, double line_width) {
    canvas_->clip_to_axes();
    for (std::size_t k = 0; k < hz.size(); ++k)
        if (hz[k] > 0) cairo_line_to(canvas_->context, x(hz[k]), y(db[k]));
    canvas_->colour(theme_.series[static_cast<std::size_t>(series)]);
    cairo_set_line_width(canvas_->context, line_width);
    cairo_set_line_join(canvas_->context, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(canvas_->context);
    cairo_restore(canvas_->context);
}

void Figure::band(std::span<const double> hz, std::span<const double> low_db, std::span<const double> high_db,
                  int series) {
    canvas_->clip_to_axes();
    for (std::size_t k = 0; k < hz.size(); ++k)
        if (hz[k] > 0) cairo_line_to(canvas_->context, x(hz[k]), y(high_db[k]));
    for (std::size_t k = hz.size(); k-- > 0;)
        if (hz[k] > 0) cairo_line_to(canvas_->context, x(hz[k]), y(low_db[k]));
    cairo_close_path(canvas_->context);
    canvas_->colour(theme_.series[static_cast<std::size_t>(series)], 0.28);
    cairo_fill(canvas_->context);
    cairo_restore(canvas_->context);
}

void Figure::marks(std::span<const Mark> marks) {
    cairo_t* const c = canvas_->context;
    constexpr std::size_t rows = 4;
    constexpr double row_height = 20, dashes[] = {4, 4};
    const auto baseline = [](std::size_t index) { return top + 18 + row_height * static_cast<double>(index % rows); };
    canvas_->colour(theme_.series[1]);
    cairo_set_line_width(c, 1.2);
    cairo_set_dash(c, dashes, 2, 0);
    for (std::size_t k = 0; k < marks.size(); ++k)
        canvas_->segment(x(marks[k].hz), baseline(k) + 6, x(marks[k].hz), height - bottom);
    cairo_set_dash(c, nullptr, 0, 0);
    for (std::size_t k = 0; k < marks.size(); ++k) {
        const double half = canvas_->text_width(marks[k].text) / 2 + 3;
        const double middle = std::clamp(x(marks[k].hz), left + half, width - right - half);
        canvas_->colour(theme_.background);
        cairo_rectangle(c, middle - half, baseline(k) - 13, 2 * half, 18);
        cairo_fill(c);
        canvas_->colour(theme_.series[1]);
        canvas_->text(middle, baseline(k), marks[k].text, 0.5);
    }
}

void Figure::legend(const std::string& text, int series, bool filled) {
    cairo_t* const c = canvas_->context;
    constexpr double baseline = 62, swatch = 26;
    legend_x_ -= canvas_->text_width(text);
    canvas_->colour(theme_.text);
    canvas_->text(legend_x_, baseline, text, 0);
    legend_x_ -= swatch + 6;
    canvas_->colour(theme_.series[static_cast<std::size_t>(series)], filled ? 0.28 : 1);
    cairo_rectangle(c, legend_x_, baseline - (filled ? 11 : 7), swatch, filled ? 12 : 3);
    cairo_fill(c);
    legend_x_ -= 22;
}

std::string Figure::png() {
    std::string bytes;
    if (cairo_surface_write_to_png_stream(canvas_->surface, append, &bytes) != CAIRO_STATUS_SUCCESS)
        throw SystemError("the picture could not be made: there is no memory left");
    return bytes;
}

}  // namespace lathe
