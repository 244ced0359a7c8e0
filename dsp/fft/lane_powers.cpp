// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/lane_powers.h"

#include <bit>
#include <numbers>
#include <vector>

namespace lathe {
namespace {

/// The radices of a small transform, outermost first.
std::vector<std::size_t> radices(std::size_t points) {
    std::vector<std::size_t> all;
    if (std::countr_zero(points) % 2 == 1) {
        all.push_back(8);
        points /= 8;
    }
    for (; points > 1; points /= 4) all.push_back(4);
    return all;
}

}  // namespace

std::complex<double> root_of_unity(std::size_t n, std::size_t points) {
    const double turn = static_cast<double>(n % points) / static_cast<double>(points);
    return std::polar(1.0, -2 * std::numbers::pi * turn);
}

std::size_t small_position(std::size_t k, std::size_t points) {
    std::size_t position = 0, span = points;
    for (const std::size_t radix : radices(points)) {
        span /= radix;
        position += k % radix * span;
        k /= radix;
    }
    return position;
}

template <class Sample>
AlignedVector<Sample> small_powers(std::size_t points) {
    AlignedVector<Sample> powers;
    std::size_t span = points;
    for (const std::size_t radix : radices(points)) {
        for (std::size_t n = 0; n < span / radix; ++n)
            for (std::size_t r = 1; r < radix; ++r) {
                const std::complex<double> power = root_of_unity(n * r, span);
                powers.push_back(static_cast<Sample>(power.real()));
                powers.push_back(static_cast<Sample>(power.imag()));
            }
        span /= radix;
    }
    return powers;
}

template AlignedVector<float> small_powers<float>(std::size_t);
template AlignedVector<double> small_powers<double>(std::size_t);

}  // namespace lathe
