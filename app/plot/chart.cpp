// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/chart.h"

#include <algorithm>
#include <cmath>

#include "app/plot/axes.h"
#include "app/plot/cairo_pen.h"
#include "app/plot/svg_pen.h"

namespace lathe {
namespace {

class Painter {
public:
    Painter(const Chart& chart, Pen& pen)
        : chart_(chart),
          pen_(pen),
          box_{74, 78, static_cast<double>(chart.width) - 30, static_cast<double>(chart.height) - 62} {}

    void paint() {
        draw_bottom_axis(pen_, box_, chart_.x, TickLength::across, chart_.height);
        draw_left_axis(pen_, box_, chart_.y, TickLength::across);
        draw_title(pen_, box_, chart_.title);
        pen_.clip(box_);
        for (const Chart::Band& band : chart_.bands) paint(band);
        for (const Chart::Curve& curve : chart_.curves) paint(curve);
        pen_.unclip();
        if (chart_.marks_in_rows)
            marks_in_rows();
        else
            marks();
        keys();
    }

private:
    double x(double value) const { return box_.left + (box_.right - box_.left) * chart_.x.place(value); }
    /// Far outside stays outside, and finite.
    double y(double value) const {
        return std::clamp(box_.bottom - (box_.bottom - box_.top) * chart_.y.place(value), -1000.0,
                          chart_.height + 1000.0);
    }
    /// Whether an axis has a place for x: a logarithmic one has none for 0.
    bool has_place(double value) const { return !chart_.x.is_logarithmic || value > 0; }

    void paint(const Chart::Band& band) const {
        std::vector<Point> points;
        for (std::size_t k = 0; k < band.x.size(); ++k)
            if (has_place(band.x[k])) points.push_back({x(band.x[k]), y(band.high[k])});
        for (std::size_t k = band.x.size(); k-- > 0;)
            if (has_place(band.x[k])) points.push_back({x(band.x[k]), y(band.low[k])});
        pen_.area(points, Ink::of_series(band.series), band.alpha);
    }

    void paint(const Chart::Curve& curve) const {
        std::vector<Point> points;
        const auto end_run = [&] {
            if (points.size() > 1) pen_.line(points, Ink::of_series(curve.series), curve.width, curve.dashed);
            points.clear();
        };
        for (std::size_t k = 0; k < curve.x.size(); ++k) {
            if (std::isnan(curve.y[k])) {
                end_run();
                continue;
            }
            if (has_place(curve.x[k])) points.push_back({x(curve.x[k]), y(curve.y[k])});
        }
        end_run();
    }

    void marks() const {
        double free_from = 0;
        for (const Chart::Mark& mark : chart_.marks) {
            const double at = x(mark.x);
            upright(at, box_.top);
            if (at < free_from) continue;
            draw_label(pen_, {at + 5, box_.top + 16}, mark.text, 0);
            free_from = at + 5 + label_width(pen_, mark.text);
        }
    }

    void marks_in_rows() const {
        constexpr int rows = 4;
        const auto baseline = [&](std::size_t k) { return box_.top + 18 + 20 * static_cast<double>(k % rows); };
        for (std::size_t k = 0; k < chart_.marks.size(); ++k) upright(x(chart_.marks[k].x), baseline(k) + 6);
        for (std::size_t k = 0; k < chart_.marks.size(); ++k) {
            const std::string& text = chart_.marks[k].text;
            const double half = label_width(pen_, text) / 2 + 3, y = baseline(k);
            const double middle = std::clamp(x(chart_.marks[k].x), box_.left + half, box_.right - half);
            const Point corners[] = {
                {middle - half, y - 14}, {middle + half, y - 14}, {middle + half, y + 5}, {middle - half, y + 5}};
            pen_.area(corners, background_ink, 1);
            draw_label(pen_, {middle, y}, text, 0.5);
        }
    }

    void upright(double at, double from) const {
        const Point ends[] = {{at, from}, {at, box_.bottom}};
        pen_.line(ends, text_ink, 1, true);
    }

    /// From the right, in the order given.
    void keys() const {
        constexpr double baseline = 62, swatch = 26;
        double at = box_.right;
        for (auto key = chart_.keys.rbegin(); key != chart_.keys.rend(); ++key) {
            at -= label_width(pen_, key->text);
            draw_label(pen_, {at, baseline}, key->text, 0);
            at -= swatch + 6;
            const Ink ink = Ink::of_series(key->series);
            if (key->swatch == Chart::Key::Swatch::area) {
                const Point corners[] = {
                    {at, baseline - 11}, {at + swatch, baseline - 11}, {at + swatch, baseline + 1}, {at, baseline + 1}};
                pen_.area(corners, ink, 0.28);
            } else {
                const Point ends[] = {{at, baseline - 5}, {at + swatch, baseline - 5}};
                pen_.line(ends, ink, 3, key->swatch == Chart::Key::Swatch::dashes);
            }
            at -= 22;
        }
    }

    const Chart& chart_;
    Pen& pen_;
    PixelBox box_;
};

}  // namespace

void draw(const Chart& chart, Pen& pen) { Painter(chart, pen).paint(); }

std::string chart_png(const Chart& chart, const Theme& theme) {
    CairoPen pen(chart.width, chart.height, theme);
    draw(chart, pen);
    return pen.png();
}

std::string chart_svg(const Chart& chart) {
    SvgPen pen(chart.width, chart.height, chart.title);
    draw(chart, pen);
    return pen.svg();
}

}  // namespace lathe
