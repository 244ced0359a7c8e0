// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>

namespace lathe {

/// Decibels of an amplitude, and back. Silence is −∞ dB.
inline double gain_from_db(double db) { return std::pow(10.0, db / 20.0); }
inline double db_from_gain(double gain) {
    return gain > 0 ? 20.0 * std::log10(gain) : -std::numeric_limits<double>::infinity();
}
/// Decibels of a power, and back.
inline double power_from_db(double db) { return std::pow(10.0, db / 10.0); }
inline double db_from_power(double power) {
    return power > 0 ? 10.0 * std::log10(power) : -std::numeric_limits<double>::infinity();
}

}  // namespace lathe
