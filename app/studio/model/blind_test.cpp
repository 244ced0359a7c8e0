// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/blind_test.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace lathe {

double chance_of(int right, int trials) {
    double sum = 0;
    for (int k = right; k <= trials; ++k)
        sum += std::exp(std::lgamma(trials + 1.0) - std::lgamma(k + 1.0) - std::lgamma(trials - k + 1.0) -
                        trials * std::log(2.0));
    return std::min(sum, 1.0);
}

std::function<bool()> BlindTest::random_bits() {
    return [device = std::make_shared<std::random_device>()] { return ((*device)() & 1) != 0; };
}

std::function<bool()> BlindTest::seeded_bits(std::uint64_t seed) {
    return [engine = std::mt19937_64(seed)]() mutable { return (engine() >> 63) != 0; };
}

bool BlindTest::answer(Side side) {
    const bool is_right = side == hidden_;
    ++trials_;
    right_ += is_right;
    hide();
    return is_right;
}

}  // namespace lathe
