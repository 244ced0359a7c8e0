// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/linear/fir.h"

namespace lathe::test {

/// Response of a filter at a frequency, by the direct sum; an empty one is silent. The phase is set anew every 64 taps.
inline std::complex<double> response(const Fir& fir, double hz, double rate) {
    constexpr std::size_t stretch = 64;
    std::complex<double> turns[stretch];
    for (std::size_t i = 0; i < stretch; ++i)
        turns[i] = std::polar(1.0, -2 * std::numbers::pi * hz / rate * static_cast<double>(i));
    std::complex<double> sum = 0;
    for (std::size_t from = 0; from < fir.taps.size(); from += stretch) {
        std::complex<double> part = 0;
        for (std::size_t i = 0; i < std::min(stretch, fir.taps.size() - from); ++i)
            part += fir.taps[from + i] * turns[i];
        const double cycles = hz / rate * (static_cast<double>(from) - static_cast<double>(fir.origin));
        sum += part * std::polar(1.0, -2 * std::numbers::pi * std::remainder(cycles, 1.0));
    }
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
