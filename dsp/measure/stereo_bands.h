// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>
#include <span>

#include "dsp/core/audio_queue.h"
#include "dsp/measure/level_history.h"
#include "dsp/measure/stereo_spectrum.h"

namespace lathe {

/// How the two channels of a stretch of audio go together, as StereoCurves tells it; NaN where that is undefined. What
/// lies 57 dB below the other channel counts as silent.
struct StereoFigures {
    float correlation = std::numeric_limits<float>::quiet_NaN();
    float width = std::numeric_limits<float>::quiet_NaN();
};
/// Of all frequencies, and of each of correlation_bands.
struct StereoBands {
    StereoFigures all;
    std::array<StereoFigures, correlation_bands.size()> bands;
};

/// From the power of left, right, mid and side on the bins of a transform, bin_hz apart.
StereoBands stereo_bands(const StereoSpectrum& spectrum, std::size_t bins, double bin_hz);

/// Measures a stereo programme whole: windows of 4096 frames (8192 from 88.2 kHz on, and so forth), half of one apart,
/// all weighed by their energy. The same bits however the programme is cut.
class StereoBandsMeter {
public:
    explicit StereoBandsMeter(double rate);
    /// audio: two channels or more; the first two are taken.
    void push(AudioView<const float> audio);
    /// The programme has ended; silence fills up the last window.
    StereoBands finish();

private:
    double rate_;
    Frames size_;
    PowerSpectrum transform_;
    PowerSpectrum::Scratch scratch_;
    StereoSpectrum sum_;
    AudioQueue<float> queue_{2};
};

}  // namespace lathe
