// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"
#include "dsp/linear/impulse_response.h"
#include "dsp/linear/reverb_settings.h"

namespace lathe {

inline constexpr double longest_response_s = 60;

struct PreparedReverb {
    FirMatrix matrix;  ///< out = dry · in + wet · (in ∗ response), nothing late
    Frames tail = 0;   ///< what is kept behind the programme's end, a function of settings and response alone
};

/// The reverberation of settings with this response (the file's as it was read, or make_room()'s), at a programme's
/// rate. The response is resampled, normalised if asked, delayed by predelay_ms, cut by low_cut_hz and high_cut_hz
/// (minimum phase, 12 dB/oct) and its decay scaled; nothing of it is trimmed.
///
/// Channels: a mono response works on each channel by itself. Two: left → left, right → right. Four (LL, LR, RL, RR):
/// each source to both outputs. A mono programme becomes stereo through two or four, the same as its two-channel copy
/// would: left = response to the left, of four LL + RL.
///
/// tail: tail_s, or the time after which the energy left of the return, weighted like music (1/f, 20 Hz to 20 kHz),
/// lies 90 dB + wet_db below the whole of it; so 62 dB at wet_db = −28. It counts predelay and cuts; no wet sound, no
/// tail.
///
/// Throws BadSetting for a response of another channel count, empty, above 60 s, at a rate outside 8 to 768 kHz or with
/// a NaN or infinity in it, and for two or four responses to more than two channels.
PreparedReverb prepare_reverb(const ReverbSettings& settings, const ImpulseResponse& response, double rate,
                              int channels, Workers& workers);

}  // namespace lathe
