// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/plot/canvas.h"
#include "app/plot/colour_map.h"

namespace lathe {
namespace {

constexpr int width = 1200, height = 720;
constexpr Box axes{74, 62, 74 + HeatMap::columns, 62 + HeatMap::rows};
constexpr Box scale{axes.right + 20, axes.top, axes.right + 38, axes.bottom};
constexpr int most_times = 12;

std::size_t shade(double share) { return static_cast<std::size_t>(std::lround(255 * std::clamp(share, 0.0, 1.0))); }

}  // namespace

std::string HeatMap::png(const Theme& theme, std::span<const float> levels_db) const {
    const std::array<std::uint32_t, 256> colours = level_colours(theme.is_dark);
    const Canvas canvas(width, height, theme);
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(columns) * rows);
    for (std::size_t x = 0; x < columns; ++x)
        for (std::size_t y = 0; y < rows; ++y) {
            const double level = levels_db[x * rows + (rows - 1 - y)];
            pixels[y * columns + x] = colours[shade((level - db.low) / (db.high - db.low))];
        }
    canvas.image(axes, pixels);

    const auto scale_width = static_cast<std::size_t>(scale.width());
    pixels.resize(scale_width * rows);
    for (std::size_t k = 0; k < pixels.size(); ++k)
        pixels[k] = colours[shade(1 - static_cast<double>(k / scale_width) / (rows - 1))];
    canvas.image(scale, pixels);

    canvas.bottom_axis(axes, time_axis(seconds, most_times), TickLength::outside);
    canvas.left_axis(axes, frequency_axis(hz), TickLength::outside);
    canvas.right_axis(scale, decibel_axis(db, db_label));
    canvas.title(axes, title);
    return canvas.png();
}

}  // namespace lathe
