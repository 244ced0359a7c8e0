// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/simd/turning.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "dsp/simd/isa.h"
#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("turning: adds an impulse's spectrum, bin by bin, on every instruction set", "[simd]") {
    constexpr std::size_t bins = AddTurning::at_once * 150;
    const double angle = GENERATE(0.0, 1e-3, -0.7, 2.9), gain = -0.3;
    for (const Isa isa : all_isas) {
        if (isa > best_isa()) continue;
        CAPTURE(angle, isa_name(isa));
        std::vector<double> real(bins, 0.5), imaginary(bins, -2);
        const Isa before = active_isa();
        use_isa(isa);
        run_kernel<AddTurning>(angle, gain, real.data(), imaginary.data(), bins);
        use_isa(before);
        double worst = 0;
        for (std::size_t k = 0; k < bins; ++k) {
            const double turned = angle * static_cast<double>(k);
            worst = std::max({worst, std::abs(real[k] - (0.5 + gain * std::cos(turned))),
                              std::abs(imaginary[k] - (-2 + gain * std::sin(turned)))});
        }
        CHECK(worst < 1e-12);
    }
}
