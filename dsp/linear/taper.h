// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe {

/// Falls from 1 at x ≤ 0 to 0 at x ≥ 1, so smoothly that a spectrum cut by it rings for only a few times the inverse of
/// the fall's width (92 dB down after four): the integral of the four-term Blackman-Harris window (Harris 1978).
inline double smooth_fall(double x) {
    constexpr double a0 = 0.35875, a1 = 0.48829, a2 = 0.14128, a3 = 0.01168;
    const double u = std::clamp(x, 0.0, 1.0), turn = 2 * std::numbers::pi * u;
    const double wave = -a1 * std::sin(turn) + a2 / 2 * std::sin(2 * turn) - a3 / 3 * std::sin(3 * turn);
    return std::clamp(1 - u - wave / (2 * std::numbers::pi * a0), 0.0, 1.0);
}

/// What is kept of a spectrum at hz where it must end at half the rate: all of it to 0.4535 of the rate (20 kHz at
/// 44.1 kHz), nothing from 0.5 on.
inline double band_limit(double hz, double rate) { return smooth_fall((hz / rate - 0.4535) / (0.5 - 0.4535)); }

}  // namespace lathe
