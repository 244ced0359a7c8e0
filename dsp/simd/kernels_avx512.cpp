// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef __x86_64__
#define LATHE_ARCH Avx512
#include "dsp/simd/kernels.inc"
#endif
