// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// First-order recursions along time, with all lanes at work on one signal, for Sample = float and double.
/// Sixteen steps of either recursion are one step of the same form, so that frames n, n + 16, n + 32, … follow each
/// other and sixteen such rows run side by side; what the sixteen steps come to is found by doubling from the input.
/// in: in[−19] … in[−1] are the frames before it. carry: the 16 outputs before out[0], always in double, replaced by
/// the last 16 of them. n: a multiple of 16. in and out do not overlap. What enters must be 0 or above and not
/// subnormal. pole: 0 <= pole < 1.

/// out[i] = pole · out[i − 1] + (1 − pole) · in[i].
struct OnePoleScan {
    template <class Arch, class Sample>
    void operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry);
};

/// out[i] = max(in[i], pole · out[i − 1] + (1 − pole) · in[i]): rises at once, falls by the pole. Functions y ↦ max(c,
/// a y + b) with a >= 0 are closed under composition (in exact arithmetic).
struct ReleaseScan {
    template <class Arch, class Sample>
    void operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry);
};

}  // namespace lathe
