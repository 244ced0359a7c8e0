// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/band_pass.h"
#include "app/player/listening.h"

namespace lathe {

/// A Listening as the arithmetic that the callback does: out = Σ matrix · (left, right) of every slot, then the solo.
struct Mix {
    struct Matrix {
        double ll = 0, lr = 0, rl = 0, rr = 0;  ///< left = ll · L + lr · R; right = rl · L + rr · R
        bool operator==(const Matrix&) const = default;
    };
    PerSlot<Matrix> matrices;
    PerSlot<bool> heard{};  ///< slots whose matrix is not zero
    std::optional<BandPass> solo;

    bool operator==(const Mix&) const = default;
};

Mix mix_of(const Listening& listening, double rate);

}  // namespace lathe
