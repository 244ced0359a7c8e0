// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lathe {

/// The bytes of a PNG file of pixels 0xRRGGBB, row by row from the top.
std::string png_of(std::vector<std::uint32_t> pixels, int width, int height);

}  // namespace lathe
