// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace lathe {

struct Colour {
    double red, green, blue, alpha = 1;
};

/// Colours of a picture: on a dark screen, or on paper. Series are told apart by people who see red and green alike
/// too (Okabe and Ito, Color Universal Design, 2008).
struct Theme {
    Colour background, text, grid, strong_grid;
    std::array<Colour, 3> series;
    bool is_dark;
};
inline constexpr std::array<std::string_view, 2> theme_names{"dark", "light"};
inline constexpr Theme dark_theme{{0.09, 0.10, 0.12},
                                  {0.88, 0.89, 0.91},
                                  {1, 1, 1, 0.09},
                                  {1, 1, 1, 0.22},
                                  {{{0.34, 0.71, 0.91}, {0.90, 0.62, 0.00}, {0.00, 0.62, 0.45}}},
                                  true};
inline constexpr Theme light_theme{{1, 1, 1},
                                   {0.13, 0.14, 0.16},
                                   {0, 0, 0, 0.10},
                                   {0, 0, 0, 0.28},
                                   {{{0.00, 0.45, 0.70}, {0.84, 0.37, 0.00}, {0.00, 0.62, 0.45}}},
                                   false};
inline const Theme& theme_of(std::string_view name) { return name == theme_names[0] ? dark_theme : light_theme; }

}  // namespace lathe
