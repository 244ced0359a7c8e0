// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/plot/cairo_pen.h"
#include "app/plot/svg_pen.h"

namespace lathe {
namespace {

constexpr double title_size = 19, label_size = 15;

struct ChartTick {
    double at;
    std::string label;  ///< empty: a line alone
};

std::vector<ChartTick> hertz_ticks(const ChartAxis& axis) {
    std::vector<ChartTick> ticks;
    for (double decade = 1; decade <= 1e5; decade *= 10)
        for (int digit = 1; digit < 10; ++digit) {
            const double hz = digit * decade;
            if (hz < axis.low * 0.999 || hz > axis.high * 1.001) continue;
            const bool labelled = digit == 1 || digit == 2 || digit == 5;
            ticks.push_back({hz, !labelled   ? ""
                                 : hz < 1000 ? fmt::format("{:g}", hz)
                                             : fmt::format("{:g}k", hz / 1000)});
        }
    return ticks;
}

std::vector<ChartTick> clock_ticks(const ChartAxis& axis) {
    constexpr double steps[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400};
    constexpr double most = 12;
    const auto* found =
        std::find_if(std::begin(steps), std::end(steps), [&](double s) { return (axis.high - axis.low) / s <= most; });
    const double step = found == std::end(steps) ? 86400 : *found;
    std::vector<ChartTick> ticks;
    for (double at = std::ceil(axis.low / step) * step; at <= axis.high + 1e-9; at += step) {
        const long whole = std::lround(std::floor(at + 1e-6)), hours = whole / 3600, minutes = whole / 60 % 60;
        const std::string seconds = step < 1 ? fmt::format("{:04.1f}", at - static_cast<double>(whole / 60 * 60))
                                             : fmt::format("{:02}", whole % 60);
        ticks.push_back({at, axis.high >= 3600 ? fmt::format("{}:{:02}:{}", hours, minutes, seconds)
                                               : fmt::format("{}:{}", minutes, seconds)});
    }
    return ticks;
}

std::vector<ChartTick> linear_ticks(const ChartAxis& axis) {
    std::vector<ChartTick> ticks;
    for (double k = std::ceil(axis.low / axis.step - 1e-9); k * axis.step <= axis.high + 1e-9; ++k)
        ticks.push_back({k * axis.step, fmt::format("{:g}", k * axis.step + 0.0)});
    return ticks;
}

std::vector<ChartTick> ticks_of(const ChartAxis& axis) {
    switch (axis.kind) {
        case ChartAxis::Kind::hertz:
            return hertz_ticks(axis);
        case ChartAxis::Kind::clock:
            return clock_ticks(axis);
        case ChartAxis::Kind::linear:
            break;
    }
    return linear_ticks(axis);
}

class Painter {
public:
    Painter(const Chart& chart, Pen& pen)
        : chart_(chart),
          pen_(pen),
          box_{74, 78, static_cast<double>(chart.width) - 30, static_cast<double>(chart.height) - 62} {}

    void paint() {
        axes();
        pen_.clip(box_);
        for (const Chart::Band& band : chart_.bands) paint(band);
        for (const Chart::Curve& curve : chart_.curves) paint(curve);
        pen_.unclip();
        marks();
        keys();
    }

private:
    static double share(const ChartAxis& axis, double value) {
        if (axis.kind == ChartAxis::Kind::hertz) return std::log(value / axis.low) / std::log(axis.high / axis.low);
        return (value - axis.low) / (axis.high - axis.low);
    }
    double x(double value) const { return box_.left + (box_.right - box_.left) * share(chart_.x, value); }
    double y(double value) const { return box_.bottom - (box_.bottom - box_.top) * share(chart_.y, value); }
    void straight(double x0, double y0, double x1, double y1, Ink ink) const {
        const Point ends[] = {{x0, y0}, {x1, y1}};
        pen_.line(ends, ink, 1, false);
    }
    void label(double at_x, double at_y, const std::string& text, double align) const {
        pen_.text({at_x, at_y}, text, label_size, align, false);
    }

    void axes() const {
        for (const ChartTick& tick : ticks_of(chart_.x)) {
            straight(x(tick.at), box_.top, x(tick.at), box_.bottom, tick.label.empty() ? grid_ink : strong_grid_ink);
            if (!tick.label.empty()) label(x(tick.at), box_.bottom + 22, tick.label, 0.5);
        }
        for (const ChartTick& tick : ticks_of(chart_.y)) {
            straight(box_.left, y(tick.at), box_.right, y(tick.at),
                     std::abs(tick.at) < 1e-9 ? strong_grid_ink : grid_ink);
            label(box_.left - 8, y(tick.at) + 5, tick.label, 1);
        }
        label((box_.left + box_.right) / 2, chart_.height - 14, chart_.x.label, 0.5);
        pen_.text({20, (box_.top + box_.bottom) / 2}, chart_.y.label, label_size, 0.5, true);
        pen_.text({box_.left, 32}, chart_.title, title_size, 0, false);
    }

    void paint(const Chart::Band& band) const {
        std::vector<Point> points;
        for (std::size_t k = 0; k < band.x.size(); ++k) points.push_back({x(band.x[k]), y(band.high[k])});
        for (std::size_t k = band.x.size(); k-- > 0;) points.push_back({x(band.x[k]), y(band.low[k])});
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
            // Far outside stays outside, and finite.
            points.push_back({x(curve.x[k]), std::clamp(y(curve.y[k]), -1000.0, chart_.height + 1000.0)});
        }
        end_run();
    }

    /// A text that has no room beside the one before is left out.
    void marks() const {
        double free_from = 0;
        for (const Chart::Mark& mark : chart_.marks) {
            const Point ends[] = {{x(mark.x), box_.top}, {x(mark.x), box_.bottom}};
            pen_.line(ends, text_ink, 1, true);
            if (ends[0].x < free_from) continue;
            label(ends[0].x + 5, box_.top + 16, mark.text, 0);
            free_from = ends[0].x + 5 + pen_.text_width(mark.text, label_size);
        }
    }

    /// From the right, in the order given.
    void keys() const {
        constexpr double baseline = 62, swatch = 26;
        double at = box_.right;
        for (auto key = chart_.keys.rbegin(); key != chart_.keys.rend(); ++key) {
            at -= pen_.text_width(key->text, label_size);
            label(at, baseline, key->text, 0);
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
