// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/plot/axes.h"
#include "app/plot/cairo_pen.h"
#include "app/plot/colour_map.h"

namespace lathe {
namespace {

constexpr int width = 1200, height = 720;
constexpr PixelBox axes{74, 62, 74 + HeatMap::columns, 62 + HeatMap::rows};
constexpr PixelBox scale{axes.right + 20, axes.top, axes.right + 38, axes.bottom};

std::size_t shade(double share) { return static_cast<std::size_t>(std::lround(255 * std::clamp(share, 0.0, 1.0))); }

}  // namespace

std::string HeatMap::png(const Theme& theme, std::span<const float> levels_db) const {
    const std::array<std::uint32_t, 256> colours = level_colours(theme.is_dark);
    CairoPen pen(width, height, theme);
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(columns) * rows);
    for (std::size_t x = 0; x < columns; ++x)
        for (std::size_t y = 0; y < rows; ++y) {
            const double level = levels_db[x * rows + (rows - 1 - y)];
            pixels[y * columns + x] = colours[shade((level - db.low) / (db.high - db.low))];
        }
    pen.image(axes, pixels);

    const auto scale_width = static_cast<std::size_t>(scale.right - scale.left);
    pixels.resize(scale_width * rows);
    for (std::size_t k = 0; k < pixels.size(); ++k)
        pixels[k] = colours[shade(1 - static_cast<double>(k / scale_width) / (rows - 1))];
    pen.image(scale, pixels);

    draw_bottom_axis(pen, axes, time_axis(seconds), TickLength::outside, height);
    draw_left_axis(pen, axes, frequency_axis(hz), TickLength::outside);
    draw_right_axis(pen, scale, linear_axis(db, db_label));
    draw_title(pen, axes, title);
    return pen.png();
}

}  // namespace lathe
