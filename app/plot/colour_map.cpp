// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/colour_map.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe {
namespace {

using Triple = std::array<double, 3>;

/// CIELAB to linear sRGB, white D65 (IEC 61966-2-1; CIE 15).
Triple linear_rgb(double lightness, double a, double b) {
    const auto unfold = [](double f) { return f > 6.0 / 29 ? f * f * f : 3 * 36.0 / 841 * (f - 4.0 / 29); };
    const double fy = (lightness + 16) / 116;
    const double x = 0.95047 * unfold(fy + a / 500), y = unfold(fy), z = 1.08883 * unfold(fy - b / 200);
    return {3.2406 * x - 1.5372 * y - 0.4986 * z, -0.9689 * x + 1.8758 * y + 0.0415 * z,
            0.0557 * x - 0.2040 * y + 1.0570 * z};
}

std::uint32_t byte(double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    const double coded = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
    return static_cast<std::uint32_t>(std::lround(255 * coded));
}

/// level: 0 quiet, 1 loud, on the dark screen. The chroma is nowhere more than the screen can show.
std::uint32_t colour(double level) {
    constexpr double darkest = 3, lightest = 97, most_chroma = 60, first_hue = 285, hues = 180;  // degrees
    const double lightness = darkest + (lightest - darkest) * level;
    const double chroma = most_chroma * (1 - std::pow(2 * level - 1, 4));
    const double hue = (first_hue + hues * level) * std::numbers::pi / 180;
    const Triple rgb = linear_rgb(lightness, chroma * std::cos(hue), chroma * std::sin(hue));
    return byte(rgb[0]) << 16 | byte(rgb[1]) << 8 | byte(rgb[2]);
}

}  // namespace

std::array<std::uint32_t, 256> level_colours(bool dark) {
    std::array<std::uint32_t, 256> colours{};
    for (std::size_t k = 0; k < colours.size(); ++k) {
        const double level = static_cast<double>(k) / 255;
        colours[k] = colour(dark ? level : 1 - level);
    }
    return colours;
}

}  // namespace lathe
