// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/band_pass.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe {

BandPass band_pass(const SoloBand& band, double rate) {
    const double hz = std::clamp(band.hz, 1.0, 0.49 * rate);
    const double narrowing = std::sqrt(std::numbers::sqrt2 - 1);  // two sections are −3 dB where each is −1.5 dB
    const double q = std::clamp(band.q, 0.1, 100.0) * narrowing;
    const double w = 2 * std::numbers::pi * hz / rate, alpha = std::sin(w) / (2 * q);
    return {alpha / (1 + alpha), -2 * std::cos(w) / (1 + alpha), (1 - alpha) / (1 + alpha)};
}

void BandPassMemory::settle() {
    for (State* s : {&first_, &second_})
        if (std::abs((*s)[0]) < 1e-30 && std::abs((*s)[1]) < 1e-30) *s = {};
}

}  // namespace lathe
