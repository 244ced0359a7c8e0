// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace lathe {

/// 256 colours, 0xRRGGBB, from quiet to loud, made in CIELAB (D65): lightness L* goes in equal steps, so that it is
/// read alike in grey print and by all kinds of eyes; the hue turns evenly from violet over red to yellow.
/// dark: loud is light, as on a dark screen; else loud is dark, as on paper.
std::array<std::uint32_t, 256> level_colours(bool dark);

}  // namespace lathe
