// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef __aarch64__
#define LATHE_ARCH Neon
#include "dsp/simd/kernels.inc"
#endif
