// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace lathe {

/// Frequencies at equal steps of pitch: point i is first_hz · 2^(i / per_octave), and its cell reaches half a step to
/// both sides.
struct LogGrid {
    double first_hz = 0;
    int per_octave = 1;
    int count = 0;

    double hz(double point) const { return first_hz * std::exp2(point / per_octave); }
    /// The point of a frequency, with its fraction.
    double point(double hz) const { return per_octave * std::log2(hz / first_hz); }
};

}  // namespace lathe
