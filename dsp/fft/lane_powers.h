// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>

#include "dsp/core/aligned_memory.h"

namespace lathe {

/// e^(−2πi n / points), n reduced first.
std::complex<double> root_of_unity(std::size_t n, std::size_t points);

/// Where a small transform of the kernels (dsp/simd/lane_fft.h) leaves frequency k: its digits in the radices, the
/// other way round.
std::size_t small_position(std::size_t k, std::size_t points);

/// The powers of the roots that a small transform takes, as its passes read them.
template <class Sample>
AlignedVector<Sample> small_powers(std::size_t points);

}  // namespace lathe
