// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/true_peak_filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lathe {
namespace {

constexpr int phases = true_peak_phases;
constexpr int reach = true_peak_taps / 2;

// The windowed sinc at 0, 1/32, 2/32, … 32 frames from its centre.
std::array<double, phases * reach + 1> windowed_sinc() {
    std::array<double, phases * reach + 1> values;
    const double beta = 10, full = std::cyl_bessel_i(0, beta);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double frames = static_cast<double>(i) / phases, x = std::numbers::pi * frames;
        const double window = std::cyl_bessel_i(0, beta * std::sqrt(1 - frames * frames / (reach * reach))) / full;
        values[i] = i == 0 ? 1 : i % phases == 0 ? 0 : window * std::sin(x) / x;
    }
    return values;
}

// The tap by which frame k enters the reconstruction at n + p/32.
double tap(int n, int p, int k) {
    static const auto values = windowed_sinc();
    if (k < n - (reach - 1) || k > n + reach) return 0;
    return values[static_cast<std::size_t>(std::abs(phases * (n - k) + p))];
}

// Of the reconstruction at n + p/32, the taps of frames −margin … reach + margin as they stand to frame 0.
constexpr int margin = reach + 4;
using Taps = std::array<double, 2 * margin + 1>;
Taps taps_at(int place) {
    const int n = static_cast<int>(std::floor(static_cast<double>(place) / phases)), p = place - n * phases;
    Taps taps;
    for (int k = -margin; k <= margin; ++k) taps[static_cast<std::size_t>(k + margin)] = tap(n, p, k);
    return taps;
}

double sum_of_magnitudes(const Taps& taps) {
    double sum = 0;
    for (const double t : taps) sum += std::abs(t);
    return sum;
}

// The largest, over all phases, of Σ|taps − those of the polynomial through the `nodes` nearest places of a grid
// `spacing` phases apart|.
double interpolation_remainder(int spacing, int nodes) {
    double worst = 0;
    for (int p = 0; p < phases; ++p) {
        if (p % spacing == 0) continue;
        const double t = static_cast<double>(p % spacing) / spacing;
        Taps rest = taps_at(p);
        for (int i = 1 - nodes / 2; i <= nodes / 2; ++i) {
            double weight = 1;  // Lagrange's
            for (int j = 1 - nodes / 2; j <= nodes / 2; ++j)
                if (j != i) weight *= (t - j) / (i - j);
            const Taps node = taps_at((p / spacing + i) * spacing);
            for (std::size_t k = 0; k < rest.size(); ++k) rest[k] -= weight * node[k];
        }
        worst = std::max(worst, sum_of_magnitudes(rest));
    }
    return worst;
}

double largest_sum_of_taps() {
    double worst = 0;
    for (int p = 0; p < phases; ++p) worst = std::max(worst, sum_of_magnitudes(taps_at(p)));
    return worst;
}

// Σ h_k x_k = (Σ_{k ≤ 0} h_k) x_0 + (Σ_{k ≥ 1} h_k) x_1 + Σ (tail sums of h) · (steps away from the two).
struct Parts {
    double centre = 0, step = 0;
};
Parts summed_by_parts() {
    Parts worst;
    for (int p = 0; p < phases; ++p) {
        double before = 0, behind = 0, steps = 0;
        for (int k = -reach + 1; k < 0; ++k) steps += std::abs(before += tap(0, p, k));
        for (int k = reach; k > 1; --k) steps += std::abs(behind += tap(0, p, k));
        before += tap(0, p, 0);
        behind += tap(0, p, 1);
        worst.centre = std::max(worst.centre, std::abs(before) + std::abs(behind));
        worst.step = std::max(worst.step, steps);
    }
    return worst;
}

// Beyond the rounding of a 64-term sum in Sample, and of the bound itself.
template <class Sample>
Sample rounded_up(double bound) {
    return static_cast<Sample>(bound + 2e-6);
}

template <class Sample>
TruePeakFilter<Sample> designed() {
    TruePeakFilter<Sample> filter;
    for (int k = 0; k < true_peak_taps; ++k) {
        for (int p = 0; p < phases; ++p) filter.all[k][p] = static_cast<Sample>(tap(0, p, k - (reach - 1)));
        for (int quarter = 0; quarter < 3; ++quarter) filter.quarters[quarter][k] = filter.all[k][8 * (quarter + 1)];
    }
    const Parts parts = summed_by_parts();
    filter.sum_of_taps = rounded_up<Sample>(largest_sum_of_taps());
    filter.centre = rounded_up<Sample>(parts.centre);
    filter.step = rounded_up<Sample>(parts.step);
    filter.half_remainder = rounded_up<Sample>(interpolation_remainder(phases / 2, 4));
    filter.quarter_remainder = rounded_up<Sample>(interpolation_remainder(phases / 4, 6));
    return filter;
}

}  // namespace

template <class Sample>
const TruePeakFilter<Sample>& TruePeakFilter<Sample>::get() {
    static const TruePeakFilter filter = designed<Sample>();
    return filter;
}

template struct TruePeakFilter<float>;
template struct TruePeakFilter<double>;

}  // namespace lathe
