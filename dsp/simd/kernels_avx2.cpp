// SPDX-License-Identifier: GPL-3.0-or-later
#define LATHE_ARCH Avx2
#include "dsp/simd/kernels.inc"
