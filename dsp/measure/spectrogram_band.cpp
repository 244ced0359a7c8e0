// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram_band.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/fft/lane_powers.h"

namespace lathe {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double periods = 51.2, shortest_s = 5.12e-3;
constexpr double longest = 250;                                               // frames of a window
constexpr std::array<double, 4> cosines{0.35875, 0.48829, 0.14128, 0.01168};  // around the window's middle
constexpr double lobe = cosines.size();  // half the main lobe's width, in bins of the window's own length
constexpr int reach = band_points / 2;

double window_frames(double hz, double rate) { return std::min(longest, rate * std::max(periods / hz, shortest_s)); }

/// A window at t = 0 … reach − 1 frames from its middle, and its derivative there, scaled to a sum of 2.
struct Window {
    explicit Window(double frames) {
        double sum = 0;
        for (int t = 0; t < reach && 2 * t < frames; ++t) {
            for (std::size_t k = 0; k < cosines.size(); ++k) {
                const double turn = 2 * pi * static_cast<double>(k) / frames;
                value[static_cast<std::size_t>(t)] += cosines[k] * std::cos(turn * t);
                slope[static_cast<std::size_t>(t)] -= cosines[k] * turn * std::sin(turn * t);
            }
            sum += (t == 0 ? 1 : 2) * value[static_cast<std::size_t>(t)];
        }
        for (double& v : value) v *= 2 / sum;
        for (double& s : slope) s *= 2 / sum;
    }
    std::array<double, reach> value{}, slope{};
};

/// What a window answers to a sine that lies that many bins of the window's own length away: 1 at 0.
double response(double bins) {
    const auto sinc = [](double x) { return std::abs(x) < 1e-9 ? 1 : std::sin(pi * x) / (pi * x); };
    double sum = 0;
    for (std::size_t k = 0; k < cosines.size(); ++k) {
        const auto shift = static_cast<double>(k);
        sum += cosines[k] / 2 * (sinc(bins - shift) + sinc(bins + shift));
    }
    return sum / cosines[0];
}

}  // namespace

SpectrogramBand::SpectrogramBand(const LogGrid& grid, int first, int end, double rate, bool with_moments)
    : grid_(grid), first_(first), rate_(rate), powers_(small_powers<float>(band_points)) {
    for (std::size_t k = 0; k < band_points; ++k)
        positions_.push_back(static_cast<std::uint32_t>(small_position(k, band_points)));
    for (int row = 0; row < end - first; ++row) add_row(row, with_moments);
}

void SpectrogramBand::add_row(int row, bool with_moments) {
    constexpr auto points = static_cast<double>(band_points);
    const double frames = window_frames(hz(row), rate_), middle_bin = hz(row) / rate_ * points;
    const auto low = static_cast<int>(std::max(0.0, std::ceil(middle_bin - lobe * points / frames)));
    const auto high = static_cast<int>(std::min(points / 2, std::floor(middle_bin + lobe * points / frames)));
    rows_.push_back({static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(high - low + 1),
                     static_cast<std::uint32_t>(weights_.size())});
    const Window window(frames);
    for (int bin = low; bin <= high; ++bin) {
        const std::complex<double> turn = std::polar(1.0, 2 * pi * (bin - middle_bin) / points);
        std::complex<double> turned = turn;
        double even = window.value[0], moment = 0, slope = 0;
        for (int t = 1; t < reach; ++t, turned *= turn) {
            const auto at = static_cast<std::size_t>(t);
            even += 2 * window.value[at] * turned.real();
            moment += 2 * t * window.value[at] * turned.imag();
            slope += 2 * window.slope[at] * turned.imag();
        }
        // The stretch begins half its length before the middle: every other bin has the other sign.
        const double scale = (bin % 2 == 0 ? 1 : -1) / points;
        weights_.push_back(static_cast<float>(scale * even));
        if (!with_moments) continue;
        weights_.push_back(static_cast<float>(scale * moment));
        weights_.push_back(static_cast<float>(scale * slope));
    }
}

BandTables SpectrogramBand::tables() const {
    return {powers_.data(), positions_.data(), rows_.data(), rows_.size(), weights_.data()};
}

double SpectrogramBand::half_length(int row) const { return window_frames(hz(row), rate_) / 2; }
double SpectrogramBand::half_width_hz(int row) const { return lobe * rate_ / window_frames(hz(row), rate_); }

double SpectrogramBand::overlap(int row) const {
    double sum = 0;
    for (int other = 0; other < grid_.count; ++other) {
        const double bins = (hz(row) - grid_.hz(other)) * window_frames(grid_.hz(other), rate_) / rate_;
        if (std::abs(bins) < lobe) sum += std::pow(response(bins), 2);
    }
    return sum;
}

}  // namespace lathe
