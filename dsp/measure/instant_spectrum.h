// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "dsp/measure/spectrum.h"
#include "dsp/measure/stereo_bands.h"

namespace lathe {

/// What one moment of a programme holds.
struct Instant {
    /// By part: hz, noise_hz and average_db alone are filled. Empty for a part that the channels do not have; the one
    /// channel of a mono programme is its sum, left, right and mid.
    std::array<Spectrum, spectrum_parts.size()> spectra;
    StereoBands stereo;  ///< NaN for anything but two channels
};

/// Frames that instant_at() looks at: a third of a second or more, a power of two.
Frames instant_frames(double rate);

/// Looks at instant_frames(rate) frames through one Hann window. On the points of spectrum_grid() and in the resolution
/// of SpectrumMeter there (never finer than the window's), so that noise reads alike. A sine reads low by at most
/// 1.3 dB, where its resolution is hardly wider than a bin (120 to 600 Hz).
Instant instant_at(AudioView<const float> audio, double rate);

}  // namespace lathe
