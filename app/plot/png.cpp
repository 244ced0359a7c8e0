// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/png.h"

#include "app/plot/cairo_pen.h"

namespace lathe {

std::string png_of(std::vector<std::uint32_t> pixels, int width, int height) {
    CairoPen pen(width, height, dark_theme);
    pen.image({0, 0, static_cast<double>(width), static_cast<double>(height)}, pixels);
    return pen.png();
}

}  // namespace lathe
