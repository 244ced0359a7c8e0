// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// No filter is longer.
inline constexpr Frames longest_fir = Frames{1} << 22;

/// The magnitude wanted on a frequency grid, linear: size / 2 + 1 values each, value k at k · rate / size, size a power
/// of two.
struct MagnitudeGoal {
    std::vector<double> magnitude;    ///< every other bin may stand for the two
    std::vector<float> above, below;  ///< how far the realised magnitude may lie above and below; infinity: as it likes
    /// A place between bins, perhaps, that must be met by itself: a zero, or the edge of what is followed.
    struct Point {
        double cycles;  ///< a sample
        double magnitude, allowed;
    };
    std::vector<Point> points;
};

/// One period of an impulse response of `size` samples: time n ≥ 0 at n, time −n at size − n.
using PeriodicResponse = AlignedVector<double>;

/// The response whose spectrum on the goal's grid is magnitude · e^(j · share · phase); an empty phase is zero phase.
PeriodicResponse response_of(const std::vector<double>& magnitude, const std::vector<double>& phase, double share);

/// Response at a frequency in cycles a sample, by the direct sum.
std::complex<double> response_at(const Fir& fir, double cycles);

enum class FirSymmetry { symmetric, causal, free };

struct FittedFir {
    Fir fir;
    double worst = 0;  ///< largest deviation over what is allowed: at most 1
};
/// The shortest piece of the response around time zero whose magnitude meets the goal. symmetric:
/// odd, its taps exactly mirrored, its centre at time zero; causal: nothing before time zero. Nothing where more than a
/// quarter of the period would be needed: the period is too short to tell.
std::optional<FittedFir> shortest_fit(const PeriodicResponse& response, FirSymmetry symmetry,
                                      const MagnitudeGoal& goal);

}  // namespace lathe
