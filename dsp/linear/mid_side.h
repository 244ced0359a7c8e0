// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"

namespace lathe {

/// A stereo pair whose mid goes through one response and whose side through the other: mid = (L + R) / 2, side = (L −
/// R) / 2. What cancels between the two is left empty.
FirMatrix mid_side_matrix(const Fir& mid, const Fir& side);

}  // namespace lathe
