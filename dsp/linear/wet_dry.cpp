// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/wet_dry.h"

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

Fir trimmed(Fir fir) {
    const auto sounds = [](double tap) { return tap != 0; };
    const auto last = std::find_if(fir.taps.rbegin(), fir.taps.rend(), sounds).base();
    fir.taps.erase(last, fir.taps.end());
    const auto first = std::find_if(fir.taps.begin(), fir.taps.end(), sounds);
    fir.origin -= first - fir.taps.begin();
    fir.taps.erase(fir.taps.begin(), first);
    return fir;
}

}  // namespace

WetDry separate(const Fir& fir) {
    WetDry parts{.gain = 0, .rest = trimmed(fir)};
    std::vector<double>& taps = parts.rest.taps;
    if (parts.rest.origin < 0 || parts.rest.origin >= static_cast<Frames>(taps.size())) return parts;
    double& centre = taps[static_cast<std::size_t>(parts.rest.origin)];
    if (taps.size() == 1) return {.gain = centre, .rest = {}};
    if (centre == 0) return parts;

    const double unit = std::copysign(std::exp2(std::round(std::log2(std::abs(centre)))), centre);
    double power = 0;
    for (const double tap : taps) power += tap * tap;
    if (centre * centre - (centre - unit) * (centre - unit) < power / 2) return parts;
    parts.gain = unit;
    centre -= unit;
    parts.rest = trimmed(std::move(parts.rest));
    return parts;
}

}  // namespace lathe
