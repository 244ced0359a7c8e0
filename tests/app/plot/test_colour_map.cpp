// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/colour_map.h"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.h"

using namespace lathe;

namespace {

/// CIELAB lightness of an sRGB colour, from its luminance (IEC 61966-2-1, CIE 15).
double lightness(std::uint32_t rgb) {
    const auto linear = [&](int shift) {
        const double c = static_cast<double>(rgb >> shift & 255) / 255;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const double y = 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
    return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : 24389.0 / 27 * y;
}

}  // namespace

TEST_CASE("colour map: lightness goes in equal steps from one end to the other, in both themes", "[plot]") {
    const bool dark = GENERATE(true, false);
    const auto colours = level_colours(dark);
    const double first = lightness(colours.front()), last = lightness(colours.back());
    CHECK(std::min(first, last) < 5);
    CHECK(std::max(first, last) > 95);
    CHECK((dark ? last > first : first > last));
    const double step = (last - first) / 255;
    for (std::size_t k = 0; k < colours.size(); ++k) {
        CAPTURE(k, step);
        CHECK(std::abs(lightness(colours[k]) - (first + step * static_cast<double>(k))) <
              0.5);  // of 94; 8 bits a colour
        if (k >= 2) CHECK((lightness(colours[k]) - lightness(colours[k - 2])) / step > 0.5);
    }
}
