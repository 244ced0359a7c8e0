// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/simd/turning.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"

using namespace lathe;

TEST_CASE("turning: adds an impulse's spectrum, bin by bin, on every instruction set", "[simd]") {
    constexpr std::size_t bins = AddTurning::at_once * 150;
    const double angle = GENERATE(0.0, 1e-3, -0.7, 2.9), gain = -0.3;
    test::on_every_isa([&] {
        CAPTURE(angle);
        std::vector<double> real(bins, 0.5), imaginary(bins, -2);
        run_kernel<AddTurning>(angle, gain, real.data(), imaginary.data(), bins);
        double worst = 0;
        for (std::size_t k = 0; k < bins; ++k) {
            const double turned = angle * static_cast<double>(k);
            worst = std::max({worst, std::abs(real[k] - (0.5 + gain * std::cos(turned))),
                              std::abs(imaginary[k] - (-2 + gain * std::sin(turned)))});
        }
        CHECK(worst < 1e-12);
    });
}
