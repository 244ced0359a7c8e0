// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/sidechain_filter.h"

#include <fmt/format.h>
#include <cmath>
#include <numbers>

#include "dsp/core/error.h"

namespace lathe {

SidechainFilter::SidechainFilter(double hz, double rate) {
    if (!(hz < rate / 2))
        throw BadSetting(fmt::format(
            "sidechain_hp_hz = {:g} is not below half the rate of {:g} Hz; lower it, or 0 for none", hz, rate));
    const double k = std::tan(std::numbers::pi * hz / rate), q = 1 / std::numbers::sqrt2;
    const double scale = 1 / (1 + k / q + k * k);
    gain_ = scale;
    a1_ = 2 * (k * k - 1) * scale;
    a2_ = (1 - k / q + k * k) * scale;
}

template <class Sample>
void SidechainFilter::run(const Sample* in, Sample* out, Frames n) {
    // A tone at half the rate, at −600 dB, keeps the state from dwindling into subnormal numbers.
    double s1 = s1_, s2 = s2_, keep = 1e-30;
    for (Frames i = 0; i < n; ++i) {
        const double x = in[i] + keep;
        keep = -keep;
        const double y = gain_ * x + s1;
        s1 = -2 * gain_ * x - a1_ * y + s2;
        s2 = gain_ * x - a2_ * y;
        out[i] = static_cast<Sample>(y);
    }
    s1_ = s1;
    s2_ = s2;
}

template void SidechainFilter::run(const float*, float*, Frames);
template void SidechainFilter::run(const double*, double*, Frames);

}  // namespace lathe
