// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "dsp/simd/isa.h"
#include "dsp/simd/scans.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
constexpr std::size_t history = 19, frames = 48000;

// A kernel over blocks of unlike lengths, behind silence.
template <class Kernel, class Sample>
std::vector<Sample> scanned(double pole, const std::vector<Sample>& signal) {
    std::vector<Sample> in(history), out(signal.size());
    in.insert(in.end(), signal.begin(), signal.end());
    std::array<double, 16> carry{};
    std::size_t at = 0;
    for (std::size_t k = 0; at < signal.size(); ++k) {
        const std::size_t n = std::min(signal.size() - at, 16 * (1 + k * 7 % 40));
        run_kernel<Kernel>(pole, static_cast<const Sample*>(in.data() + history + at), out.data() + at, n,
                           carry.data());
        at += n;
    }
    return out;
}
// Relative to the largest value of the last sixteen frames: what falls at once from it is no better known.
template <class Sample>
double worst_relative_error(double pole, bool release) {
    const AudioBuffer<double> noise = test::noise(10, frames);
    std::vector<Sample> signal(frames);
    for (std::size_t n = 0; n < frames; ++n)
        signal[n] = static_cast<Sample>(
            n / 3000 % 3 == 1 ? 1e-18 : 1e-3 + std::abs(noise.channel(0)[n]) * (n / 3000 % 2 ? 0.01 : 1));
    const std::vector<Sample> out = release ? scanned<ReleaseScan>(pole, signal) : scanned<OnePoleScan>(pole, signal);
    double y = 0, worst = 0;
    std::array<double, 16> lately{};
    for (std::size_t n = 0; n < frames; ++n) {
        const double x = static_cast<double>(signal[n]), linear = pole * y + (1 - pole) * x;
        y = release ? std::max(x, linear) : linear;
        lately[n % 16] = y;
        const double error =
            std::abs(static_cast<double>(out[n]) - y) / *std::max_element(lately.begin(), lately.end());
        if (!(error <= worst)) worst = error;
    }
    return worst;
}
}  // namespace

TEST_CASE("scans: equal the recursion frame by frame, on every instruction set", "[simd]") {
    const double pole = GENERATE(0.0, 1e-5, 0.5, 0.99, 0.9999, 0.9999995);
    test::on_every_isa([&] {
        CAPTURE(pole);
        for (const bool release : {false, true}) {
            CAPTURE(release);
            CHECK(worst_relative_error<float>(pole, release) < 4e-7);
            CHECK(worst_relative_error<double>(pole, release) < 1e-11);
        }
    });
}
