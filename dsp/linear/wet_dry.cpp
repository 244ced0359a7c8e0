// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/wet_dry.h"

#include <cmath>

namespace lathe {

WetFir::WetFir(const Fir& fir, double taken_out)
    : fir_(&fir), taken_out_(taken_out), last_(static_cast<Frames>(fir.taps.size())) {
    while (first_ < last_ && tap(last_ - 1) == 0) --last_;
    while (first_ < last_ && tap(first_) == 0) ++first_;
}

bool WetFir::operator==(const WetFir& other) const {
    if (empty() || other.empty()) return empty() == other.empty();
    if (ahead() != other.ahead() || behind() != other.behind()) return false;
    for (Frames n = -ahead(); n <= behind(); ++n)
        if (at(n) != other.at(n)) return false;
    return true;
}

void WetFir::add_to(double* sums, Frames from, Frames count, double gain) const {
    const double* const taps = fir_->taps.data() + fir_->origin + from;
    for (Frames i = 0; i < count; ++i) sums[i] += gain * taps[i];
    if (from <= 0 && -from < count) sums[-from] -= gain * taken_out_;
}

WetDry separate(const Fir& fir) {
    const WetFir whole(fir);
    if (whole.empty() || whole.ahead() < 0 || whole.behind() < 0) return {.gain = 0, .rest = whole};
    const double centre = whole.at(0);
    if (whole.ahead() == 0 && whole.behind() == 0) return {.gain = centre, .rest = {}};
    if (centre == 0) return {.gain = 0, .rest = whole};

    const double unit = std::copysign(std::exp2(std::round(std::log2(std::abs(centre)))), centre);
    double power = 0;
    for (const double tap : fir.taps) power += tap * tap;
    if (centre * centre - (centre - unit) * (centre - unit) < power / 2) return {.gain = 0, .rest = whole};
    return {.gain = unit, .rest = WetFir(fir, unit)};
}

}  // namespace lathe
