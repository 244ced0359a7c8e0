// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>
#include <vector>

#include "dsp/core/workers.h"
#include "dsp/linear/fir.h"
#include "tests/support/signals.h"

/// What filters are tested against.
namespace lathe::test {

/// Real threads, each taking the next part that nobody has.
class ThreadWorkers final : public Workers {
public:
    explicit ThreadWorkers(int threads) : threads_(threads) {}
    void for_each(int count, const std::function<void(int)>& part) override {
        std::atomic<int> next{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < threads_; ++t)
            threads.emplace_back([&] {
                for (int i = next++; i < count; i = next++) part(i);
            });
        for (std::thread& thread : threads) thread.join();
    }

private:
    int threads_;
};

/// Decaying noise of unit power with its time zero a third in: no tap stands out.
inline Fir noise_fir(Frames taps, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> gauss(0, 1);
    Fir fir;
    double power = 0;
    for (Frames n = 0; n < taps; ++n) {
        fir.taps.push_back(gauss(random) * std::exp(-3.0 * static_cast<double>(n) / static_cast<double>(taps)));
        power += fir.taps.back() * fir.taps.back();
    }
    for (double& tap : fir.taps) tap /= std::sqrt(power);
    fir.origin = taps / 3;
    return fir;
}

/// A response of a few hundred taps far apart, all after time zero, as of a room; unit power.
inline Fir sparse_fir(Frames taps, unsigned seed) {
    std::mt19937 random(seed);
    Fir fir{std::vector<double>(static_cast<std::size_t>(taps)), 0};
    for (int echo = 0; echo < 400; ++echo)
        fir.taps[random() % fir.taps.size()] = (random() % 2 ? 1 : -1) / std::sqrt(400.0);
    fir.taps.back() = 0.05;
    return fir;
}

/// One output sample by the direct sum in double.
template <class Sample>
double direct_sample(const FirMatrix& matrix, const AudioBuffer<Sample>& in, int output, Frames n) {
    double sum = 0;
    for (int i = 0; i < matrix.inputs(); ++i) {
        const Fir& fir = matrix.at(output, i);
        for (Frames tap = 0; tap < static_cast<Frames>(fir.taps.size()); ++tap) {
            const Frames place = n + fir.origin - tap;
            if (place >= 0 && place < in.frames())
                sum += fir.taps[static_cast<std::size_t>(tap)] * in.channel(i)[place];
        }
    }
    return sum;
}

/// RMS of out minus the direct sum, relative to the direct sum, in dB: on every frame, or on `sampled` of them, the
/// first and last among them.
template <class Sample>
double residual_of_filter_db(const FirMatrix& matrix, const AudioBuffer<Sample>& in, const AudioBuffer<Sample>& out,
                             Frames sampled) {
    if (out.channels() != matrix.outputs() || out.frames() != in.frames())
        return std::numeric_limits<double>::quiet_NaN();
    double error = 0, power = 0;
    for (int o = 0; o < out.channels(); ++o)
        for (Frames i = 0; i < sampled; ++i) {
            const Frames n = i * (out.frames() - 1) / (sampled - 1);
            const double expected = direct_sample(matrix, in, o, n), difference = out.channel(o)[n] - expected;
            error += difference * difference;
            power += expected * expected;
        }
    return 10 * std::log10(error / power);
}

}  // namespace lathe::test
