// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"
#include "dsp/core/workers.h"

namespace lathe {

/// How a room answers an impulse: 1, 2 or 4 channels. Four are a true-stereo response in the order LL, LR, RL, RR: what
/// the left source sends to the left output, the left source to the right output, and so on.
struct ImpulseResponse {
    AudioBuffer<double> audio;
    double rate = 0;    ///< Hz
    Frames origin = 0;  ///< the frame at time zero; frames before it come early (the ringing of a resampling)
};

/// The same response at another rate: H(f) stays as it is, within 0.01 dB up to 0.45 of the lower rate, and nothing is
/// left from 0.5 on. Works on the whole spectrum at once, so the only error is rounding and, past −120 dB of the peak,
/// the cut of the ringing at both ends (test: "a response at another rate keeps its frequency response").
ImpulseResponse resampled(const ImpulseResponse& response, double rate);

/// The power that unrelated channels of unit power leave with, averaged over the outputs and, linearly in frequency,
/// over 20 Hz to 20 kHz: the mean |H|², where the two responses that feed one true-stereo output add.
double mean_power_gain(const ImpulseResponse& response, Workers& workers);
/// The response scaled to a mean power gain of 1; a silent one stays silent.
ImpulseResponse normalized(ImpulseResponse response, Workers& workers);

/// Reverberation time in seconds of the octaves around 500 Hz and 1 kHz together: backward integration (Schroeder
/// 1965), a line through −5 to −25 dB of the decay of all channels, extended to −60 dB. 0 where nothing decays that
/// far.
double mid_band_t60(const ImpulseResponse& response);
/// A decay `scale` times as long (0.1 to 1) at mid frequencies: the response times an exponential that begins at its
/// peak, so that every frequency decays faster by the same dB per second. Throws BadSetting where nothing decays.
ImpulseResponse with_decay_scaled(ImpulseResponse response, double scale);

}  // namespace lathe
