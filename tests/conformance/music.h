// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/demo/songs.h"
#include "dsp/core/audio.h"

namespace lathe::test {

/// Pink noise of an RMS of 1, in every channel another stretch of it, whose level steps to the next one every
/// `seconds`.
AudioBuffer<double> stepped_noise(double rate, int channels, double seconds, const std::vector<double>& levels_db,
                                  unsigned seed = 1);
/// A song of the demo album, mixed: 44.1 kHz, stereo, played by synthesis, its peak at -4 dBFS.
AudioBuffer<double> mixed(const demo::Song& song);
/// One of them, made once.
const AudioBuffer<double>& song();

}  // namespace lathe::test
