// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/session/album.h"
#include "dsp/linear/fir.h"
#include "dsp/measure/spectrum_part.h"

namespace lathe {

/// How an equaliser rings before its main tap.
struct PreRing {
    double loudest_db = 0;  ///< the loudest ringing ahead, as ahead_db() has it; −∞: none
    double to_60_ms = 0;    ///< before the main tap: what lies still earlier holds −60 dB of the response's energy
    double to_90_ms = 0;
};
PreRing pre_ring(const Fir& fir, double rate);

/// What an equaliser of the chain truly does to a song: of the responses that it is rendered with, not of the curve
/// that they are made after.
struct EqResponse {
    std::vector<double> hz;  ///< 20 Hz to 20 kHz, closer where a band is narrow; frequencies of a transform's bins
    /// Gain in dB by part. Of mid, side, left and right what each does to itself; sum: to the power of unrelated
    /// channels of one level. All alike for one channel.
    std::array<std::vector<double>, spectrum_parts.size()> db;
    Frames taps = 0;  ///< of the longest response
    PreRing before;   ///< of the response that rings ahead the furthest
};

/// rate: of the song's source. Throws BadSetting as design_eq does.
EqResponse eq_response(const EqSettings& settings, const CommonSettings& common, double rate, int channels);

/// Another one for every equaliser that does something else.
std::string eq_response_key(const EqSettings& settings, const CommonSettings& common, double rate, int channels);

}  // namespace lathe
