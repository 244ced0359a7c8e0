// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"

namespace lathe::test {

/// The largest magnitude of the band-limited signal through the samples, silence before and behind: interpolated 64
/// times by a Fourier transform of the whole in double. Linear.
double fourier_peak(const AudioBuffer<double>& audio);
/// Nothing is left above `cutoff`, relative to fs; the same length, its ends eased.
AudioBuffer<double> low_passed(const AudioBuffer<double>& audio, double cutoff);
/// The contract's true-peak meter on the audio as floats.
double metered_true_peak(const AudioBuffer<double>& audio);
/// Raises and lowers the ends as half periods of a cosine, `frames` long.
void ease(AudioBuffer<double>& audio, Frames frames);

}  // namespace lathe::test
