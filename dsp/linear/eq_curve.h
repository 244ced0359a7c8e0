// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "dsp/linear/eq_settings.h"

namespace lathe {

/// Response of a band's analogue prototype at hz ≥ 0, s = j·hz / band.hz, whether or not it is bypassed: the formulas
/// of the contract (RBJ's cookbook for the shelves, Butterworth of order slope_db_oct / 6 for the cuts).
std::complex<double> eq_band_response(const EqBand& band, double hz);
double eq_band_magnitude(const EqBand& band, double hz);  ///< its magnitude, linear
/// Product of the magnitudes of the bands that work on that part of the programme.
double eq_magnitude(const EqSettings& settings, Channel part, double hz);

/// A band that changes nothing: bypassed, or a bell, shelf or tilt of 0 dB.
bool is_neutral(const EqBand& band);

/// Poles and zeros of a prototype in rad/s: of each conjugate pair the one above the real axis.
struct AnalogueRoots {
    std::vector<std::complex<double>> poles, zeros;
    int zeros_at_dc = 0;  ///< besides those in zeros
};
AnalogueRoots analogue_roots(const EqBand& band);

/// Bands in series, made ready to be evaluated at many frequencies.
class EqCurve {
public:
    explicit EqCurve(std::span<const EqBand> bands);

    std::span<const EqBand> bands() const { return bands_; }
    double magnitude(double hz) const;
    /// At most 1: what a filter of zero phase, which cannot follow a kink, needs the magnitude multiplied by. Within
    /// ±hz/q of a notch's centre u becomes u·erf(…), smooth through its zero; so does a curve that rises by 6 dB/oct
    /// from 0 Hz, below rounded_below_hz().
    double rounding(double hz) const;

    /// Whether hz lies within ±hz/q of a notch's centre, where the curve need not be followed.
    bool in_notch(double hz) const;
    /// 0, or where the curve rises by 6 dB/oct from 0 Hz: the frequency below which zero phase cannot follow it.
    double rounded_below_hz() const { return rounded_below_hz_; }
    /// Longest time in which part of the impulse response falls by 1/e: of minimum phase, and of zero phase, which
    /// rings at the zeros' frequencies too.
    double minimum_phase_decay_s() const { return minimum_phase_decay_s_; }
    double zero_phase_decay_s() const { return zero_phase_decay_s_; }

private:
    struct Power {  // |H|² as a ratio of polynomials in x² = (hz / centre)²; a cut is 1 / (1 + x²ⁿ), a high pass in 1 /
                    // x
        double centre_hz;
        double numerator[3], denominator[3];
        int low_pass_order = 0, high_pass_order = 0;
        double rounding = 0;  // of a notch: the argument of erf over u
        double q = 1;
    };
    std::vector<EqBand> bands_;
    std::vector<Power> powers_;
    double rounded_below_hz_ = 0, minimum_phase_decay_s_ = 0, zero_phase_decay_s_ = 0;
};

}  // namespace lathe
