// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq_goal.h"

#include <algorithm>
#include <limits>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

constexpr double lowest_hz = 20, highest_hz = 20000;
constexpr double floor_magnitude = 1e-3;  // −60 dB: nothing below need be followed, nor may it be passed by more
constexpr double nyquist_share = 0.95;    // of half the rate: above it 0.5 dB are allowed
constexpr double margin = 0.9;            // used of what is allowed
// What holds at a bin is made to hold as far as this, since shortest_fit() may look at every other only.
constexpr std::size_t reach_bins = 2;
constexpr double rounding_spares = 0.75;  // rounding takes ever more towards the edge of what is followed
constexpr float free = std::numeric_limits<float>::infinity();

/// Gives every followed bin the least that is allowed around it, since on a skirt that changes from bin to bin.
/// beside_edge: of a bin not followed, what would be allowed where following ends between it and the next.
void narrow(MagnitudeGoal& goal, const std::vector<float>& beside_edge) {
    const std::vector<float> allowed = goal.below;
    const std::size_t last = allowed.size() - 1;
    for (std::size_t k = 0; k <= last; ++k) {
        if (allowed[k] == free) continue;
        float least = allowed[k];
        for (std::size_t i = k < reach_bins ? 0 : k - reach_bins; i <= std::min(k + reach_bins, last); ++i)
            least = std::min(least, allowed[i] < free ? allowed[i] : beside_edge[i]);
        goal.above[k] = goal.below[k] = least;
    }
}

/// The last place where following holds between one where it does and one where it does not.
template <class Followed>
double edge_between(double inside, double outside, Followed followed) {
    for (int halving = 0; halving < 40; ++halving) {
        const double middle = (inside + outside) / 2;
        (followed(middle) ? inside : outside) = middle;
    }
    return inside;
}

}  // namespace

bool is_followed_closely(const EqCurve& curve, double hz, double magnitude) {
    return hz >= lowest_hz && hz <= highest_hz && magnitude >= floor_magnitude && !curve.in_notch(hz);
}

MagnitudeGoal eq_goal(const EqCurve& curve, double rate, std::size_t size) {
    const double close = gain_from_db(0.01 * margin) - 1, coarse = gain_from_db(0.1 * margin) - 1,
                 coarsest = gain_from_db(0.5 * margin) - 1;
    const double floor = floor_magnitude * margin;
    const double reach = reach_bins * rate / static_cast<double>(size);
    const auto share_at = [&](double hz) {
        return hz > std::max(highest_hz + reach, 0.5 * nyquist_share * rate) ? coarsest
               : hz < lowest_hz - reach || hz > highest_hz + reach           ? coarse
                                                                             : close;
    };
    const auto followed = [&](double hz) {
        return !curve.in_notch(hz) && hz >= curve.rounded_below_hz() && curve.magnitude(hz) >= floor_magnitude;
    };
    MagnitudeGoal goal;
    goal.magnitude.resize(size / 2 + 1);
    goal.above.resize(size / 2 + 1);
    goal.below.resize(size / 2 + 1);
    std::vector<float> beside_edge(size / 2 + 1, free);
    const double rounded_edge = curve.magnitude(curve.rounded_below_hz());
    for (std::size_t k = 0; k <= size / 2; ++k) {
        const double hz = static_cast<double>(k) * rate / static_cast<double>(size);
        const double magnitude = curve.magnitude(hz), share = share_at(hz);
        goal.magnitude[k] = magnitude;
        goal.above[k] = static_cast<float>(floor);
        goal.below[k] = free;
        if (curve.in_notch(hz)) continue;
        if (hz < curve.rounded_below_hz())
            beside_edge[k] = static_cast<float>(rounding_spares * share * std::max(rounded_edge, floor_magnitude));
        else if (magnitude < floor_magnitude)
            beside_edge[k] = static_cast<float>(share * floor_magnitude);
        else
            goal.above[k] = goal.below[k] = static_cast<float>(share * magnitude);
    }
    for (std::size_t k = 0; k < size / 2; ++k) {
        const bool here = goal.below[k] < free, next = goal.below[k + 1] < free;
        if (here == next) continue;
        const double step = rate / static_cast<double>(size), low = static_cast<double>(k) * step;
        const double hz = edge_between(here ? low : low + step, here ? low + step : low, followed);
        goal.points.push_back({hz / rate, curve.magnitude(hz), share_at(hz) * curve.magnitude(hz)});
    }
    narrow(goal, beside_edge);
    for (const EqBand& band : curve.bands())
        if (band.type == EqBandType::notch) goal.points.push_back({band.hz / rate, 0, floor});
    return goal;
}

}  // namespace lathe
