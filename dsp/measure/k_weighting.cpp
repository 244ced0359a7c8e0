// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/k_weighting.h"

#include <cmath>
#include <numbers>

namespace lathe {

KCoefficients k_coefficients(double rate) {
    KCoefficients k;
    {
        constexpr double hz = 1681.974450955533, gain_db = 3.999843853973347, q = 0.7071752369554196;
        const double t = std::tan(std::numbers::pi * hz / rate);
        const double high = std::pow(10.0, gain_db / 20), middle = std::pow(high, 0.4996667741545416);
        const double a0 = 1 + t / q + t * t;
        k.shelf = {(high + middle * t / q + t * t) / a0, 2 * (t * t - high) / a0, (high - middle * t / q + t * t) / a0,
                   2 * (t * t - 1) / a0, (1 - t / q + t * t) / a0};
    }
    {
        constexpr double hz = 38.13547087602444, q = 0.5003270373238773;
        const double t = std::tan(std::numbers::pi * hz / rate);
        const double a0 = 1 + t / q + t * t;
        k.high_pass = {1, -2, 1, 2 * (t * t - 1) / a0, (1 - t / q + t * t) / a0};
    }
    return k;
}

KWeighting::KWeighting(int channels, double rate)
    : BiquadPair(channels, k_coefficients(rate).shelf, k_coefficients(rate).high_pass) {}

}  // namespace lathe
