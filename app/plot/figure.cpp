// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/figure.h"

#include <algorithm>

#include "app/plot/canvas.h"

namespace lathe {
namespace {

constexpr int width = 1200, height = 640;
constexpr Box axes{74, 78, width - 24, height - 62};

}  // namespace

Figure::Figure(const Theme& theme, const std::string& title, Range hz, Range db, const std::string& db_label)
    : hz_(hz), db_(db), canvas_(std::make_unique<Canvas>(width, height, theme)), legend_x_(axes.right) {
    canvas_->bottom_axis(axes, frequency_axis(hz), TickLength::across);
    canvas_->left_axis(axes, decibel_axis(db, db_label), TickLength::across);
    canvas_->title(axes, title);
}

Figure::~Figure() = default;

double Figure::x(double hz) const { return axes.left + axes.width() * frequency_place(hz, hz_); }
double Figure::y(double db) const { return axes.top + axes.height() * (db_.high - db) / (db_.high - db_.low); }

void Figure::line(std::span<const double> hz, std::span<const double> db, int series, double line_width) {
    canvas_->clip_to(axes);
    for (std::size_t k = 0; k < hz.size(); ++k)
        if (hz[k] > 0) cairo_line_to(canvas_->context(), x(hz[k]), y(db[k]));
    canvas_->colour(canvas_->theme().series[static_cast<std::size_t>(series)]);
    cairo_set_line_width(canvas_->context(), line_width);
    cairo_set_line_join(canvas_->context(), CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(canvas_->context());
    cairo_restore(canvas_->context());
}

void Figure::band(std::span<const double> hz, std::span<const double> low_db, std::span<const double> high_db,
                  int series) {
    canvas_->clip_to(axes);
    for (std::size_t k = 0; k < hz.size(); ++k)
        if (hz[k] > 0) cairo_line_to(canvas_->context(), x(hz[k]), y(high_db[k]));
    for (std::size_t k = hz.size(); k-- > 0;)
        if (hz[k] > 0) cairo_line_to(canvas_->context(), x(hz[k]), y(low_db[k]));
    cairo_close_path(canvas_->context());
    canvas_->colour(canvas_->theme().series[static_cast<std::size_t>(series)], 0.28);
    cairo_fill(canvas_->context());
    cairo_restore(canvas_->context());
}

void Figure::marks(std::span<const Mark> marks) {
    cairo_t* const c = canvas_->context();
    constexpr std::size_t rows = 4;
    constexpr double row_height = 20, dashes[] = {4, 4};
    const auto baseline = [](std::size_t index) {
        return axes.top + 18 + row_height * static_cast<double>(index % rows);
    };
    canvas_->colour(canvas_->theme().series[1]);
    cairo_set_line_width(c, 1.2);
    cairo_set_dash(c, dashes, 2, 0);
    for (std::size_t k = 0; k < marks.size(); ++k)
        canvas_->segment(x(marks[k].hz), baseline(k) + 6, x(marks[k].hz), axes.bottom);
    cairo_set_dash(c, nullptr, 0, 0);
    for (std::size_t k = 0; k < marks.size(); ++k) {
        const double half = canvas_->text_width(marks[k].text) / 2 + 3;
        const double middle = std::clamp(x(marks[k].hz), axes.left + half, axes.right - half);
        canvas_->colour(canvas_->theme().background);
        cairo_rectangle(c, middle - half, baseline(k) - 13, 2 * half, 18);
        cairo_fill(c);
        canvas_->colour(canvas_->theme().series[1]);
        canvas_->text(middle, baseline(k), marks[k].text, 0.5);
    }
}

void Figure::legend(const std::string& text, int series, bool filled) {
    cairo_t* const c = canvas_->context();
    constexpr double baseline = 62, swatch = 26;
    legend_x_ -= canvas_->text_width(text);
    canvas_->colour(canvas_->theme().text);
    canvas_->text(legend_x_, baseline, text, 0);
    legend_x_ -= swatch + 6;
    canvas_->colour(canvas_->theme().series[static_cast<std::size_t>(series)], filled ? 0.28 : 1);
    cairo_rectangle(c, legend_x_, baseline - (filled ? 11 : 7), swatch, filled ? 12 : 3);
    cairo_fill(c);
    legend_x_ -= 22;
}

std::string Figure::png() { return canvas_->png(); }

}  // namespace lathe
