// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// real[k] + i imaginary[k] += gain · e^(i · angle · k): an impulse, in frequency. n: a multiple of at_once.
struct AddTurning {
    static constexpr std::size_t at_once = 32;
    template <class Arch>
    void operator()(Arch, double angle, double gain, double* real, double* imaginary, std::size_t n);
};

}  // namespace lathe
