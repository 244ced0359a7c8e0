// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/accuracy/limiter/bursts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/core/decibel.h"

namespace lathe::test {
namespace {

constexpr double pi = std::numbers::pi;

class Chance {
public:
    explicit Chance(std::mt19937& random) : random_(random) {}
    double from(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
    double from_log(double low, double high) { return low * std::pow(high / low, from(0, 1)); }
    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    double sign() { return below(2) ? 1 : -1; }

private:
    std::mt19937& random_;
};

/// A sine by rotation: quick, and true enough over a burst.
class Sine {
public:
    Sine(double cycles, double phase) : step_(2 * pi * cycles), phase_(phase) {}
    double operator()() { return std::sin(phase_ += step_); }

private:
    double step_, phase_;
};

/// One burst of unit level.
std::vector<double> burst(double rate, Chance& chance) {
    std::vector<double> x(static_cast<std::size_t>(chance.from_log(4, 600)));
    const auto fill = [&](auto&& value) { std::generate(x.begin(), x.end(), value); };
    switch (chance.below(11)) {
        case 0:
            fill(Sine(0.25, pi / 4));
            break;
        case 1:
            fill(Sine(1.0 / (3 + chance.below(6)), chance.from(0, 2 * pi)));
            break;
        case 2:  // spikes: alone, or neighbours of equal or opposite sign
            std::fill(x.begin(), x.end(), 0.0);
            x[static_cast<std::size_t>(chance.below(static_cast<int>(x.size())))] = chance.sign();
            x[static_cast<std::size_t>(chance.below(static_cast<int>(x.size())))] = chance.sign();
            break;
        case 3: {
            const int half = 1 + chance.below(100);
            int n = 0;
            fill([&] { return n++ / half % 2 ? 1.0 : -1.0; });
            break;
        }
        case 4:
            fill([&] { return std::clamp(6 * chance.from(-1, 1), -1.0, 1.0); });
            break;
        case 5: {
            Sine before(chance.from_log(20 / rate, 0.49), chance.from(0, 2 * pi)),
                behind(chance.from_log(20 / rate, 0.49), chance.from(0, 2 * pi));
            const int join = chance.below(static_cast<int>(x.size()));
            int n = 0;
            fill([&] { return n++ < join ? before() : behind(); });
            break;
        }
        case 6: {
            int n = 0;
            fill([&] { return n++ % 2 ? 1.0 : -1.0; });
            break;
        }
        case 7:
            fill(Sine(chance.from(0.001, 0.499), chance.from(0, 2 * pi)));
            break;
        case 8: {
            const double from = chance.from(0, 0.5),
                         slope = (chance.from(0, 0.5) - from) / static_cast<double>(x.size());
            double n = 0;
            fill([&] { return ++n, std::sin(2 * pi * n * (from + slope * n / 2)); });
            break;
        }
        case 9:
            fill(Sine(chance.from(20, 100) / rate, 0));
            break;
        default: {  // the signs of a sinc half a sample off: all of them add up there
            const auto middle = static_cast<std::ptrdiff_t>(x.size() / 2);
            for (std::ptrdiff_t n = 0; n < std::ssize(x); ++n) {
                const std::ptrdiff_t away = n < middle ? middle - 1 - n : n - middle;
                x[static_cast<std::size_t>(n)] = away % 2 ? -1 : 1;
            }
        }
    }
    return x;
}

/// Adds x to both channels at frame `at`.
void lay(const std::vector<double>& x, double level, Frames at, Chance& chance, AudioBuffer<float>& audio) {
    const double balance = chance.below(3) == 0 ? 1 : chance.from(0, 1), polarity = chance.sign();
    const int first = chance.below(2);
    for (std::size_t n = 0; n < x.size(); ++n) {
        audio.channel(first)[at + static_cast<Frames>(n)] += static_cast<float>(level * x[n]);
        audio.channel(1 - first)[at + static_cast<Frames>(n)] += static_cast<float>(level * balance * polarity * x[n]);
    }
}

AudioBuffer<float> quiet(Frames frames, double level, Chance& chance) {
    AudioBuffer<float> audio(2, frames);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < frames; ++n) audio.channel(c)[n] = static_cast<float>(0.03 * level * chance.from(-1, 1));
    return audio;
}

}  // namespace

AudioBuffer<float> bursts(int count, double level, double rate, std::mt19937& random) {
    Chance chance(random);
    AudioBuffer<float> audio = quiet(500 * Frames(count) + 2000, level, chance);
    for (int i = 0; i < count; ++i) {
        const std::vector<double> x = burst(rate, chance);
        // Where the one before may not yet have rung out.
        const Frames at = 500 * Frames(i) + chance.below(1000);
        lay(x, level * gain_from_db(chance.from(-3, 24)), at, chance, audio);
    }
    return audio;
}

AudioBuffer<float> joined_sines(int count, double level, double rate, std::mt19937& random) {
    Chance chance(random);
    AudioBuffer<float> audio = quiet(701 * Frames(count) + 1000, level, chance);
    for (int i = 0; i < count; ++i) {
        Sine before(chance.from_log(20 / rate, 0.45), chance.from(0, 2 * pi)),
            behind(chance.from_log(20 / rate, 0.45), chance.from(0, 2 * pi));
        std::vector<double> x(600);
        for (std::size_t n = 0; n < x.size(); ++n) x[n] = n < 300 ? before() : behind();
        lay(x, level * gain_from_db(chance.from(0, 15)), 701 * Frames(i), chance, audio);
    }
    return audio;
}

}  // namespace lathe::test
