// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsp/linear/eq_settings.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// What a realised equaliser keeps of its curve.
struct EqReport {
    Frames taps = 0;            ///< of its longest response
    double worst_error_db = 0;  ///< largest deviation where the contract says 0.01 dB
    double worst_hz = 0;
    double minimum_share = 0;  ///< of minimum phase in its phase, 0 … 1, the largest of its responses
    struct Notch {
        std::string name;
        double hz;
        double depth_db;  ///< level reached at its centre; null is −∞
    };
    std::vector<Notch> notches;
};

/// The bands in series as one response, as short as the contract's accuracy lets it be: within 0.01 dB of the
/// prototypes from 20 Hz to 20 kHz wherever they lie above −60 dB and outside ±hz/q of a notch, elsewhere at most 0.001
/// above them; within 0.1 dB below 20 Hz, and above 20 kHz but for the last twentieth of the band, where 0.5 dB are
/// allowed. A linear or mixed phase whose curve rises by 6 dB/oct from 0 Hz (one such high pass, or a band pass)
/// follows it from 1 Hz up.
///
/// linear: exactly symmetric, an odd count of taps. minimum: nothing before time zero. mixed: the least share of
/// minimum phase, in sixty-fourths, that brings ahead_db() below pre_ring_db. The bands' channels and bypass are not
/// looked at; none: one tap of 1. Adds what it did to the report. Throws BadSetting for a band at or above rate / 2, a
/// slope not in steps of 6, and a curve that would need more than 2^22 taps.
Fir design_bands(std::span<const EqBand> bands, EqPhase phase, double rate, double pre_ring_db = -60,
                 EqReport* report = nullptr);

/// The loudest ringing ahead, in dB of the largest tap: among the taps before time zero, those that lie more than 1 ms
/// before the largest tap and before the lobe around it (back to where the taps last changed sign). −∞ for none.
double ahead_db(const Fir& fir, double rate);

/// A Butterworth cut of minimum phase, slope_db_oct in steps of 6.
Fir design_low_cut(double hz, double slope_db_oct, double rate);
Fir design_high_cut(double hz, double slope_db_oct, double rate);

}  // namespace lathe
