// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/k_reference.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace lathe::test {

double k_gain_db(double hz, double rate) {
    const PrintedK& k =
        *std::find_if(printed_k.begin(), printed_k.end(), [&](const PrintedK& row) { return row.rate == rate; });
    const auto z = std::polar(1.0, -2 * std::numbers::pi * hz / rate);
    const auto shelf = (k.b0 + k.b1 * z + k.b2 * z * z) / (1.0 + k.a1 * z + k.a2 * z * z);
    const auto high_pass = (1.0 - 2.0 * z + z * z) / (1.0 + k.high_pass_a1 * z + k.high_pass_a2 * z * z);
    return 20 * std::log10(std::abs(shelf * high_pass));
}

}  // namespace lathe::test
