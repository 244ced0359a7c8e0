// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "dsp/simd/isa.h"
#include "dsp/simd/turning.h"

namespace lathe {

// Several phases on their way at once: one alone would wait for its own product at every step.
template <class Arch>
void AddTurning::operator()(Arch, double angle, double gain, double* real, double* imaginary, std::size_t n) {
    double re[at_once], im[at_once];
    for (std::size_t i = 0; i < at_once; ++i) {
        re[i] = gain * std::cos(angle * static_cast<double>(i));
        im[i] = gain * std::sin(angle * static_cast<double>(i));
    }
    const double turn_re = std::cos(angle * static_cast<double>(at_once));
    const double turn_im = std::sin(angle * static_cast<double>(at_once));
    for (std::size_t k = 0; k < n; k += at_once)
        for (std::size_t i = 0; i < at_once; ++i) {
            real[k + i] += re[i];
            imaginary[k + i] += im[i];
            const double next = re[i] * turn_re - im[i] * turn_im;
            im[i] = re[i] * turn_im + im[i] * turn_re;
            re[i] = next;
        }
}

}  // namespace lathe
