// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/mid_side.h"

#include <algorithm>

namespace lathe {
namespace {

Fir half_sum(const Fir& mid, const Fir& side, double sign) {
    Fir fir = sum(scaled(mid, 0.5), scaled(side, 0.5 * sign));
    const bool silent = std::all_of(fir.taps.begin(), fir.taps.end(), [](double tap) { return tap == 0; });
    return silent ? Fir{} : fir;
}

}  // namespace

FirMatrix mid_side_matrix(const Fir& mid, const Fir& side) {
    FirMatrix matrix(2, 2);
    matrix.at(0, 0) = matrix.at(1, 1) = half_sum(mid, side, 1);
    matrix.at(0, 1) = matrix.at(1, 0) = half_sum(mid, side, -1);
    return matrix;
}

}  // namespace lathe
