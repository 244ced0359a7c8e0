// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/dynamics/dynamics_settings.h"

/// Dynamics written down frame by frame in double from standards.md 5.4 and the contract, with libm and no blocks.
namespace lathe::test {

/// Output level of the static curve in dB, its three cases spelt out; mirrored about the threshold for mode up, within
/// range_db.
double curve_db(const BandSettings& settings, double level_db);

/// Linear gain, makeup included, mix not: [channel][frame].
std::vector<std::vector<double>> serial_gains(const BandSettings& settings, double edge_hz, double rate,
                                              const AudioBuffer<double>& audio);

}  // namespace lathe::test
