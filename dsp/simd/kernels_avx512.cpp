// SPDX-License-Identifier: GPL-3.0-or-later
#define LATHE_ARCH Avx512
#include "dsp/simd/kernels.inc"
