// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>

#include "dsp/core/audio.h"

/// Sounds that are hard on whatever holds a ceiling.
namespace lathe::test {

/// A quiet stereo programme with `count` bursts of random kind, level (−3 to 24 dB over `level`), length, place and
/// balance: fs/4 at 45 degrees and at other phases, single-sample spikes, squares, clipped noise, two sines joined
/// anywhere, fs/2, any sine switched on and off, sweeps, half periods of the bass, and runs of signs that meet at one
/// instant between two samples.
AudioBuffer<float> bursts(int count, double level, double rate, std::mt19937& random);

/// `count` times two loud sines of random frequency and phase joined in one frame, 701 frames apart: at every offset
/// from the blocks that things are computed in.
AudioBuffer<float> joined_sines(int count, double level, double rate, std::mt19937& random);

}  // namespace lathe::test
