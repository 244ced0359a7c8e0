// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/linear/fir.h"

namespace lathe::test {

/// Response of a filter at a frequency, by the direct sum; an empty one is silent.
inline std::complex<double> response(const Fir& fir, double hz, double rate) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < fir.taps.size(); ++n)
        sum += fir.taps[n] *
               std::polar(1.0, -2 * std::numbers::pi *
                                   std::remainder(
                                       hz / rate * (static_cast<double>(n) - static_cast<double>(fir.origin)), 1.0));
    return sum;
}

/// Frames by which a frequency comes late: Re Σ n·h·e^(−jωn) / H.
inline double group_delay(const Fir& fir, double hz, double rate) {
    Fir ramp = fir;
    for (std::size_t n = 0; n < ramp.taps.size(); ++n)
        ramp.taps[n] *= static_cast<double>(n) - static_cast<double>(fir.origin);
    return (response(ramp, hz, rate) / response(fir, hz, rate)).real();
}

}  // namespace lathe::test
