// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/half_band.h"

#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/simd/band_powers.h"
#include "dsp/simd/isa.h"

namespace lathe {

HalfBandFilter::HalfBandFilter() {
    constexpr double beta = 10.06;  // 100 dB
    std::vector<double> taps;
    double sum = 0;
    for (int j = 1; j <= reach; j += 2) {
        const double share = j / (reach + 1.0), angle = std::numbers::pi * j;
        taps.push_back(std::sin(angle / 2) / angle * std::cyl_bessel_i(0, beta * std::sqrt(1 - share * share)));
        sum += taps.back();
    }
    for (const double tap : taps) taps_.push_back(static_cast<float>(0.25 * tap / sum));
}

Frames HalfBandFilter::ready(const RatedAudio& from, const RatedAudio& to) const {
    const Frames last = from.end() - 1 - reach;  // twice the last frame that is to be had: negative at first
    return std::max<Frames>(0, (last >> 1) + 1 - to.end());
}

void HalfBandFilter::fill(const RatedAudio& from, RatedAudio& to, int channel, Frames count) const {
    const Frames first = to.end() - count;
    run_kernel<HalfBand>(from.queue.view().channel(channel) + (2 * first - from.from), taps_.data(), taps_.size(),
                         to.queue.view().channel(channel) + (first - to.from), static_cast<std::size_t>(count));
}

}  // namespace lathe
