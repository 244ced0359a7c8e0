// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/biquad_pair.h"

#include <cmath>

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
AlignedVector<double> block_matrix(const Biquad& first, const Biquad& second) {
    AlignedVector<double> matrix((block + states) * rows);
    for (int column = 0; column < block + states; ++column) {
        double x[block] = {}, state[states] = {};
        (column < block ? x[column] : state[column - block]) = 1;
        double* out = matrix.data() + column * rows;
        for (int n = 0; n < block; ++n) out[n] = step(second, state + 2, step(first, state, x[n]));
        for (int s = 0; s < states; ++s) out[block + s] = state[s];
    }
    return matrix;
}
}  // namespace

BiquadPair::BiquadPair(int channels, const Biquad& first, const Biquad& second)
    : channels_(channels), matrix_(block_matrix(first, second)), state_(static_cast<std::size_t>(states * channels)) {}

void BiquadPair::process(AudioView<const double> in, AudioView<double> out) {
    assert(in.channels == channels_ && out.channels == channels_ && in.frames % block == 0);
    run_kernel<StateSpaceBlocks>(matrix_.data(), in.data, static_cast<std::ptrdiff_t>(in.stride), out.data,
                                 static_cast<std::ptrdiff_t>(out.stride), state_.data(), channels_,
                                 static_cast<std::size_t>(in.frames / block));
    for (double& s : state_)
        if (std::abs(s) < 1e-60) s = 0;  // silence must not end in denormals
}

}  // namespace lathe
