// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "dsp/core/audio.h"

namespace lathe {

/// Frames before a block that the kernels of dsp/simd/scans.h read.
inline constexpr Frames scan_history = 19;

/// The pole of a smoother that has gone 63.2 % of a step after ms; 0 for 0 ms.
inline double pole_of(double ms, double rate) { return ms > 0 ? std::exp(-1000 / (ms * rate)) : 0; }

}  // namespace lathe
