// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/limiter_settings.h"

namespace lathe {

/// How a limiter's reduction lets go: it is held, then falls as the largest of one or two followers.
struct ReleaseShape {
    /// A follower starts at `share` of the held reduction, of its mean over charge_ms where that is above 0, and falls
    /// to 36.8 % in fall_ms.
    struct Follower {
        double share, fall_ms, charge_ms;
    };
    double hold_ms;  ///< behind a peak, before anything falls
    std::vector<Follower> followers;
};

/// With a time T for release_ms the reduction (in dB) has in every style fallen by 63 % after T.
///   clean   12.5 ms hold, so that the gain stands still over tones down to 40 Hz; then exponential.
///   punchy  2 ms hold; half of it goes with T/4, the rest with 3.26 T: short peaks are forgotten at once.
///   dense   no hold beyond the lookahead; more than half goes with T/8, the rest with 4.96 T: the loudest.
/// With "auto" a peak by itself falls fast; what lasts, measured by its mean over the charge, falls slowly:
///   clean 80 ms, 1000 ms, charge 200 ms; punchy 50, 600, 150 ms; dense 40, 400, 150 ms.
ReleaseShape release_shape(const LimiterSettings& settings);

}  // namespace lathe
