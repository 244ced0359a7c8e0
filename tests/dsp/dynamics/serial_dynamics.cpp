// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/dsp/dynamics/serial_dynamics.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

namespace lathe::test {
namespace {

// RBJ cookbook high-pass, Q = √½, direct form 1.
std::vector<double> high_passed(std::vector<double> x, double hz, double rate) {
    if (hz <= 0) return x;
    const double w = 2 * std::numbers::pi * hz / rate, alpha = std::sin(w) * std::numbers::sqrt2 / 2, c = std::cos(w);
    double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
    for (double& value : x) {
        const double y = ((1 + c) / 2 * (value - 2 * x1 + x2) + 2 * c * y1 - (1 - alpha) * y2) / (1 + alpha);
        x2 = x1, x1 = value, y2 = y1, y1 = y, value = y;
    }
    return x;
}

double pole(double ms, double rate) { return ms > 0 ? std::exp(-1000 / (ms * rate)) : 0; }

// Level in dB, frame by frame, never below −200.
std::vector<double> levels_db(const BandSettings& settings, double edge_hz, double rate,
                              const std::vector<double>& heard) {
    const auto window = static_cast<std::size_t>(std::ceil(rate / (2 * std::max(edge_hz, 20.0))));
    const double a = pole(settings.release_ms, rate);
    std::vector<double> levels(heard.size());
    double mean = 0;
    std::deque<std::size_t> falling;  // frames of the window that no later one outdoes
    for (std::size_t n = 0; n < heard.size(); ++n) {
        if (settings.detector == LevelDetector::rms) {
            mean = a * mean + (1 - a) * heard[n] * heard[n];
            levels[n] = std::max(10 * std::log10(2 * mean), -200.0);
        } else {
            while (!falling.empty() && falling.front() + window <= n) falling.pop_front();
            while (!falling.empty() && std::abs(heard[falling.back()]) <= std::abs(heard[n])) falling.pop_back();
            falling.push_back(n);
            const double peak = std::max(std::abs(heard[falling.front()]), 1e-10);
            levels[n] = 20 * std::log10(peak);
        }
    }
    return levels;
}

std::vector<double> smoothed(const BandSettings& settings, double rate, const std::vector<double>& change) {
    const bool release = settings.detector == LevelDetector::peak;
    const double r = pole(settings.release_ms, rate), a = pole(settings.attack_ms, rate);
    std::vector<double> out(change.size());
    double y1 = 0, y = 0;
    for (std::size_t n = 0; n < change.size(); ++n) {
        y1 = release ? std::max(change[n], r * y1 + (1 - r) * change[n]) : change[n];
        y = a * y + (1 - a) * y1;
        out[n] = y;
    }
    return out;
}
}  // namespace

double curve_db(const BandSettings& settings, double level_db) {
    const bool up = settings.mode == DynamicsMode::up;
    const double threshold = settings.threshold_db, width = settings.knee_db;
    const double x = up ? 2 * threshold - level_db : level_db;
    double y = threshold + (x - threshold) / settings.ratio;
    if (2 * (x - threshold) < -width)
        y = x;
    else if (std::abs(2 * (x - threshold)) <= width && width > 0)
        y = x + (1 / settings.ratio - 1) * (x - threshold + width / 2) * (x - threshold + width / 2) / (2 * width);
    const double range = settings.range_db.value_or(up ? 12 : 1e9);
    y = std::max(y, x - range);
    return up ? 2 * threshold - y : y;
}

std::vector<std::vector<double>> serial_gains(const BandSettings& settings, double edge_hz, double rate,
                                              const AudioBuffer<double>& audio) {
    const auto frames = static_cast<std::size_t>(audio.frames());
    const auto ahead = static_cast<std::size_t>(std::llround(settings.lookahead_ms * rate / 1000));
    std::vector<std::vector<double>> levels;
    for (int c = 0; c < audio.channels(); ++c) {
        std::vector<double> heard(audio.channel(c), audio.channel(c) + frames);
        heard.resize(frames + ahead);
        levels.push_back(levels_db(settings, edge_hz, rate, high_passed(heard, settings.sidechain_hp_hz, rate)));
    }
    std::vector<std::vector<double>> gains;
    const double sign = settings.mode == DynamicsMode::up ? 1 : -1;
    for (const std::vector<double>& own : levels) {
        std::vector<double> change(own.size());
        for (std::size_t n = 0; n < own.size(); ++n) {
            double loudest = own[n];
            for (const auto& other : levels) loudest = std::max(loudest, other[n]);
            change[n] = settings.link * std::abs(curve_db(settings, loudest) - loudest) +
                        (1 - settings.link) * std::abs(curve_db(settings, own[n]) - own[n]);
        }
        std::vector<double> gain = smoothed(settings, rate, change);
        gain.erase(gain.begin(), gain.begin() + static_cast<std::ptrdiff_t>(ahead));
        for (double& g : gain) g = std::pow(10.0, (settings.makeup_db + sign * g) / 20);
        gains.push_back(std::move(gain));
    }
    return gains;
}

}  // namespace lathe::test
