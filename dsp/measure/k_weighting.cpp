// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/k_weighting.h"

#include <cmath>
#include <numbers>

#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {
namespace {
constexpr int block = 8, states = 4, rows = 16;

/// Transposed direct form II, two states.
double step(const Biquad& f, double* state, double x) {
    const double y = f.b0 * x + state[0];
    state[0] = f.b1 * x - f.a1 * y + state[1];
    state[1] = f.b2 * x - f.a2 * y;
    return y;
}

/// What each input frame and each state alone makes of eight frames, column by column.
AlignedVector<double> block_matrix(const KCoefficients& k) {
    AlignedVector<double> matrix((block + states) * rows);
    for (int column = 0; column < block + states; ++column) {
        double x[block] = {}, state[states] = {};
        (column < block ? x[column] : state[column - block]) = 1;
        double* out = matrix.data() + column * rows;
        for (int n = 0; n < block; ++n) out[n] = step(k.high_pass, state + 2, step(k.shelf, state, x[n]));
        for (int s = 0; s < states; ++s) out[block + s] = state[s];
    }
    return matrix;
}
}  // namespace

KCoefficients k_coefficients(double rate) {
    KCoefficients k;
    {
        constexpr double hz = 1681.974450955533, gain_db = 3.999843853973347, q = 0.7071752369554196;
        const double t = std::tan(std::numbers::pi * hz / rate);
        const double high = std::pow(10.0, gain_db / 20), middle = std::pow(high, 0.4996667741545416);
        const double a0 = 1 + t / q + t * t;
        k.shelf = {(high + middle * t / q + t * t) / a0, 2 * (t * t - high) / a0, (high - middle * t / q + t * t) / a0,
                   2 * (t * t - 1) / a0, (1 - t / q + t * t) / a0};
    }
    {
        constexpr double hz = 38.13547087602444, q = 0.5003270373238773;
        const double t = std::tan(std::numbers::pi * hz / rate);
        const double a0 = 1 + t / q + t * t;
        k.high_pass = {1, -2, 1, 2 * (t * t - 1) / a0, (1 - t / q + t * t) / a0};
    }
    return k;
}

KWeighting::KWeighting(int channels, double rate)
    : channels_(channels),
      matrix_(block_matrix(k_coefficients(rate))),
      state_(static_cast<std::size_t>(states * channels)) {}

void KWeighting::process(AudioView<const double> in, AudioView<double> out) {
    assert(in.channels == channels_ && out.channels == channels_ && in.frames % block == 0);
    run_kernel<StateSpaceBlocks>(matrix_.data(), in.data, static_cast<std::ptrdiff_t>(in.stride), out.data,
                                 static_cast<std::ptrdiff_t>(out.stride), state_.data(), channels_,
                                 static_cast<std::size_t>(in.frames / block));
    for (double& s : state_)
        if (std::abs(s) < 1e-60) s = 0;  // silence must not end in denormals
}

}  // namespace lathe
