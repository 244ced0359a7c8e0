// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// out[i] = gain[i] · in[i], for Sample = float and double; any n, the same bits wherever i stands.
struct ApplyGain {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* gain, const Sample* in, Sample* out, std::size_t n);
};

/// out[i] = before[i] + gain[i] · in[i], product and sum each rounded; out may be before.
struct AddWithGain {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* gain, const Sample* in, const Sample* before, Sample* out, std::size_t n);
};

/// out[i] += Σ gains[k] · ins[k][i], k = 0 … count − 1: in double, rounded once.
struct AddScaled {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* const* ins, const double* gains, std::size_t count, Sample* out, std::size_t n);
};

}  // namespace lathe
