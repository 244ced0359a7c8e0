// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/window.h"

#include <cmath>
#include <numbers>
#include <span>

namespace lathe {
namespace {

std::span<const double> cosines(SpectrumWindow window) {
    static constexpr std::array<double, 1> rectangular{1};
    static constexpr std::array<double, 2> hann{0.5, -0.5}, hamming{0.54, -0.46};
    static constexpr std::array<double, 3> blackman{0.42, -0.5, 0.08};
    static constexpr std::array<double, 4> blackman_harris{0.35875, -0.48829, 0.14128, -0.01168};
    static constexpr std::array<double, 5> flat_top{1, -1.9383379, 1.3045202, -0.4028270, 0.0350665};
    switch (window) {
        case SpectrumWindow::hann:
            return hann;
        case SpectrumWindow::hamming:
            return hamming;
        case SpectrumWindow::blackman:
            return blackman;
        case SpectrumWindow::blackman_harris:
            return blackman_harris;
        case SpectrumWindow::flat_top:
            return flat_top;
        case SpectrumWindow::rectangular:
            return rectangular;
    }
    return rectangular;
}

}  // namespace

std::vector<double> window_values(SpectrumWindow window, std::size_t size) {
    const std::span<const double> terms = cosines(window);
    const double scale = 2 / (terms[0] * static_cast<double>(size));
    std::vector<double> values(size);
    for (std::size_t n = 0; n < size; ++n) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(size);
        double sum = 0;
        for (std::size_t k = 0; k < terms.size(); ++k) sum += terms[k] * std::cos(static_cast<double>(k) * phase);
        values[n] = scale * sum;
    }
    return values;
}

double noise_bandwidth_bins(SpectrumWindow window) {
    const std::span<const double> terms = cosines(window);
    double energy = 0;
    for (std::size_t k = 0; k < terms.size(); ++k) energy += terms[k] * terms[k] * (k == 0 ? 1 : 0.5);
    return energy / (terms[0] * terms[0]);
}

}  // namespace lathe
