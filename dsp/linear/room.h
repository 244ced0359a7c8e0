// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/workers.h"
#include "dsp/linear/impulse_response.h"
#include "dsp/linear/reverb_settings.h"

namespace lathe {

/// The reverberation time of one octave band.
struct BandDecay {
    double hz = 0;  ///< centre: 63, 125, … 16000
    double t60_s = 0;
};

/// What a built-in room claims: backward integration of its octave bands, fitted from −5 to −35 dB (T30, ISO 3382) over
/// all its channels, gives these within 5 % at any rate (test: "rooms: decay as they claim").
std::vector<BandDecay> room_decay(RoomPreset preset);

/// A built-in room as a true-stereo response (LL, LR, RL, RR), so that what is panned to one side is answered by the
/// whole room, as rooms do; the transforms cost the same as for a stereo response. Normalised (mean_power_gain 1). The
/// room is the same at every rate: the same arrivals in seconds, the same noise below 0.45 of the rate. It is made from
/// sparse reflections that give way to dense noise, both of one mean power, shaped together by a decay that is
/// continuous in time and frequency. It starts with the first reflection (the direct sound's way is not in it) and ends
/// where its slowest band has fallen 90 dB. preset: not none. Throws BadSetting below 32 kHz.
ImpulseResponse make_room(RoomPreset preset, double rate, Workers& workers);

}  // namespace lathe
