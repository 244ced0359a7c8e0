// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/planted_bells.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lathe::test {
namespace {

/// |H|² of the contract's bell.
double power_response(double hz, double centre, double q, double gain_db) {
    const double a = std::pow(10, gain_db / 40), u = std::pow(hz / centre - centre / hz, 2);
    return (u + a * a / (q * q)) / (u + 1 / (a * a * q * q));
}

}  // namespace

std::vector<PlantedBell> random_bells(std::mt19937& random) {
    // Fractions of our own: the standard's distributions differ between libraries.
    const auto fraction = [&] { return random() / 4294967296.0; };
    std::vector<PlantedBell> bells;
    while (bells.size() < 3) {
        const PlantedBell bell{45 * std::pow(12000.0 / 45, fraction()), 8 * std::pow(50.0 / 8, fraction()),
                               7 + 6 * fraction()};
        if (std::all_of(bells.begin(), bells.end(),
                        [&](const PlantedBell& other) { return std::abs(std::log2(bell.hz / other.hz)) > 1.0 / 3; }))
            bells.push_back(bell);
    }
    return bells;
}

void plant(const PlantedBell& bell, double rate, AudioView<float> audio) {
    const double a = std::pow(10, bell.gain_db / 40), w = 2 * std::numbers::pi * bell.hz / rate;
    const double alpha = std::sin(w) / (2 * bell.q), a0 = 1 + alpha / a;
    const double b0 = (1 + alpha * a) / a0, b1 = -2 * std::cos(w) / a0, b2 = (1 - alpha * a) / a0;
    const double a2 = (1 - alpha / a) / a0;
    for (int c = 0; c < audio.channels; ++c) {
        double state1 = 0, state2 = 0;
        for (Frames n = 0; n < audio.frames; ++n) {
            const double x = audio.channel(c)[n], y = b0 * x + state1;
            state1 = b1 * x - b1 * y + state2;
            state2 = b2 * x - a2 * y;
            audio.channel(c)[n] = static_cast<float>(y);
        }
    }
}

double remainder_db(const PlantedBell& bell, double cut_hz, double cut_q, double cut_db) {
    double worst = 0;
    for (int centre = -6; centre <= 6; ++centre) {
        double power = 0;
        for (int step = -12; step <= 12; ++step) {
            const double hz = bell.hz * std::exp2(centre / 36.0 + step / 144.0);
            power += power_response(hz, bell.hz, bell.q, bell.gain_db) * power_response(hz, cut_hz, cut_q, cut_db);
        }
        worst = std::max(worst, std::abs(10 * std::log10(power / 25)));
    }
    return worst;
}

}  // namespace lathe::test
