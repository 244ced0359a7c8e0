// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "dsp/core/channel.h"
#include "dsp/measure/power_spectrum.h"

namespace lathe {

/// The mean power of a stereo programme's left, right, mid and side at each frequency, from the transforms that a
/// PowerSpectrum makes of both channels at once.
class StereoSpectrum {
public:
    explicit StereoSpectrum(std::size_t bins) : sum_(bins), difference_(bins), cross_(bins) {}
    /// Adds a frame: what sum_of_channels() left in `scratch` of two channels.
    void add(const PowerSpectrum::Scratch& scratch);
    /// Adds what another has gathered.
    void add(const StereoSpectrum& other);
    /// The part's power over all frames, a value a bin. part: not stereo.
    void power(Channel part, std::span<float> out) const;

private:
    std::vector<double> sum_, difference_, cross_;  ///< Σ |L|² + |R|², |L|² − |R|², Re L conj(R)
};

}  // namespace lathe
