// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/crossover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/fir_design.h"

namespace lathe {
namespace {

constexpr double accuracy = 1e-4, accuracy_above_hearing = 1e-3;
constexpr double hearing_hz = 20000;
constexpr std::size_t largest_grid = std::size_t{1} << 24;

void refuse_unrealisable(std::span<const double> crossovers_hz, double slope_db_oct, double rate) {
    const double exponent = slope_db_oct / 6;
    if (!(exponent >= 2 && std::fmod(exponent, 2) == 0))
        throw BadSetting(fmt::format("slope_db_oct = {:g} must be a multiple of 12 from 12 up", slope_db_oct));
    for (std::size_t i = 0; i < crossovers_hz.size(); ++i) {
        if (!(crossovers_hz[i] > 0 && crossovers_hz[i] < rate / 2))
            throw BadSetting(
                fmt::format("crossovers_hz: {:g} Hz is not between 0 and half the sample rate, {:g} Hz; "
                            "lower it or take it and its band out",
                            crossovers_hz[i], rate / 2));
        if (i > 0 && !(crossovers_hz[i] > crossovers_hz[i - 1]))
            throw BadSetting(
                fmt::format("crossovers_hz must ascend, but {:g} Hz follows {:g} Hz; write the lower one first",
                            crossovers_hz[i], crossovers_hz[i - 1]));
    }
}

MagnitudeGoal low_pass_goal(double crossover_hz, double slope_db_oct, double rate, std::size_t size) {
    MagnitudeGoal goal;
    for (std::size_t k = 0; k <= size / 2; ++k) {
        const double hz = static_cast<double>(k) * rate / static_cast<double>(size);
        goal.magnitude.push_back(crossover_low_pass(hz, crossover_hz, slope_db_oct));
        goal.above.push_back(static_cast<float>(0.9 * (hz > hearing_hz ? accuracy_above_hearing : accuracy)));
    }
    goal.below = goal.above;
    return goal;
}

Fir low_pass(double crossover_hz, double slope_db_oct, double rate) {
    // the pole nearest the axis, of x^n = −1, falls by 1/e in this time
    const double decay_s = 1 / (2 * std::numbers::pi * crossover_hz * std::sin(6 * std::numbers::pi / slope_db_oct));
    const auto needed = static_cast<std::size_t>(4 * 2 * 10 * decay_s * rate);
    for (std::size_t size = power_of_two_at_least(std::max<std::size_t>(needed, 1024)); size <= largest_grid;
         size *= 2) {
        const MagnitudeGoal goal = low_pass_goal(crossover_hz, slope_db_oct, rate, size);
        auto fitted = shortest_fit(response_of(goal.magnitude, {}, 0), FirSymmetry::symmetric, goal);
        if (fitted) return std::move(fitted->fir);
    }
    throw BadSetting(fmt::format(
        "crossovers_hz: a crossover at {:g} Hz needs more than {} taps at {:g} Hz; raise it or lower slope_db_oct",
        crossover_hz, longest_fir, rate));
}

}  // namespace

double crossover_low_pass(double hz, double crossover_hz, double slope_db_oct) {
    return 1 / (1 + std::pow(hz / crossover_hz, slope_db_oct / 6));
}

std::vector<Fir> design_crossover(std::span<const double> crossovers_hz, double slope_db_oct, double rate) {
    refuse_unrealisable(crossovers_hz, slope_db_oct, rate);
    std::vector<Fir> bands;
    Fir below;  // everything under the crossover before
    for (const double hz : crossovers_hz) {
        Fir low = low_pass(hz, slope_db_oct, rate);
        bands.push_back(below.empty() ? low : sum(low, scaled(below, -1)));
        below = std::move(low);
    }
    Fir rest = unit_fir();
    for (const Fir& band : bands) rest = sum(std::move(rest), scaled(band, -1));
    bands.push_back(std::move(rest));
    return bands;
}

}  // namespace lathe
