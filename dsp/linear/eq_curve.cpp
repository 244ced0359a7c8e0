// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq_curve.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

using Complex = std::complex<double>;

/// Numerator and denominator in s, lowest power first, of every type but the cuts.
struct Quadratics {
    double numerator[3], denominator[3];
};

Quadratics quadratics(const EqBand& band) {
    const double q = band.q;
    const double a = std::pow(10.0, band.gain_db / 40), root = std::sqrt(a) / q;
    const double tilt = gain_from_db(band.gain_db);
    switch (band.type) {
        case EqBandType::bell:
            return {{1, a / q, 1}, {1, 1 / (a * q), 1}};
        case EqBandType::low_shelf:
            return {{a * a, a * root, a}, {1, root, a}};
        case EqBandType::high_shelf:
            return {{a, a * root, a * a}, {a, root, 1}};
        case EqBandType::tilt:
            return {{1, tilt, 0}, {tilt, 1, 0}};
        case EqBandType::notch:
            return {{1, 0, 1}, {1, 1 / q, 1}};
        case EqBandType::band_pass:
            return {{0, 1 / q, 0}, {1, 1 / q, 1}};
        case EqBandType::high_pass:
        case EqBandType::low_pass:
            break;
    }
    return {{1, 0, 0}, {1, 0, 0}};
}

bool is_cut(const EqBand& band) { return band.type == EqBandType::high_pass || band.type == EqBandType::low_pass; }
int order(const EqBand& band) { return static_cast<int>(std::lround(band.slope_db_oct / 6)); }

/// Butterworth poles on the unit circle, of each pair the upper one.
std::vector<Complex> butterworth_poles(int n) {
    std::vector<Complex> poles;
    for (int k = 0; 2 * k < n; ++k) {
        const double angle = std::numbers::pi * (2 * k + 1 + n) / (2.0 * n);
        poles.push_back(2 * k + 1 == n ? Complex(-1, 0) : std::polar(1.0, angle));
    }
    return poles;
}

/// Roots of c0 + c1 s + c2 s²: of a pair the upper one.
void add_roots(const double (&c)[3], double scale, std::vector<Complex>& roots) {
    if (c[2] == 0) {
        if (c[1] != 0) roots.emplace_back(-c[0] / c[1] * scale, 0);
        return;
    }
    const double half = -c[1] / (2 * c[2]), discriminant = half * half - c[0] / c[2];
    if (discriminant < 0) {
        roots.push_back(Complex(half, std::sqrt(-discriminant)) * scale);
        return;
    }
    const double far = half - std::sqrt(discriminant);
    roots.emplace_back(far * scale, 0);
    roots.emplace_back(c[0] / c[2] / far * scale, 0);
}

/// |c0 + c1 s + c2 s²|² at s = jx, as a polynomial in x².
void to_power(const double (&c)[3], double (&power)[3]) {
    power[0] = c[0] * c[0];
    power[1] = c[1] * c[1] - 2 * c[0] * c[2];
    power[2] = c[2] * c[2];
}

double int_power(double x, int n) {
    double result = 1;
    for (; n > 0; n >>= 1, x *= x)
        if (n & 1) result *= x;
    return result;
}

// What rounding takes from the curve at the edge of the part that need not be followed: erfc(2.5) is 4e-4, 0.0035 dB.
constexpr double rounding_at_edge = 2.5;
// The same below 20 Hz, where 0.1 dB is allowed: erfc(2) is 0.0047, 0.04 dB.
constexpr double coarse_rounding_at_edge = 2.0;
// Where a curve rises by 6 dB/oct from 0 Hz, zero phase follows it from here at the latest (or from −60 dB).
constexpr double lowest_rounding_hz = 1.0;
constexpr double floor_magnitude = 1e-3;

}  // namespace

Complex eq_band_response(const EqBand& band, double hz) {
    const Complex s(0, hz / band.hz);
    if (!is_cut(band)) {
        const auto [n, d] = quadratics(band);
        return (n[0] + s * (n[1] + s * n[2])) / (d[0] + s * (d[1] + s * d[2]));
    }
    const bool high = band.type == EqBandType::high_pass;
    Complex response = 1;
    for (const Complex& pole : butterworth_poles(order(band))) {
        const bool real = pole.imag() == 0;
        const Complex denominator = real ? s + 1.0 : s * s - 2 * pole.real() * s + 1.0;
        response *= (high ? (real ? s : s * s) : Complex(1)) / denominator;
    }
    return response;
}

double eq_band_magnitude(const EqBand& band, double hz) { return EqCurve(std::span(&band, 1)).magnitude(hz); }

double eq_magnitude(const EqSettings& settings, Channel part, double hz) {
    double magnitude = 1;
    for (const EqBand& band : settings.bands)
        if (band.channel == part && !is_neutral(band)) magnitude *= eq_band_magnitude(band, hz);
    return magnitude;
}

bool is_neutral(const EqBand& band) {
    switch (band.type) {
        case EqBandType::bell:
        case EqBandType::low_shelf:
        case EqBandType::high_shelf:
        case EqBandType::tilt:
            return band.bypass || band.gain_db == 0;
        default:
            return band.bypass;
    }
}

AnalogueRoots analogue_roots(const EqBand& band) {
    const double scale = 2 * std::numbers::pi * band.hz;
    AnalogueRoots roots;
    if (is_cut(band)) {
        for (const Complex& pole : butterworth_poles(order(band))) roots.poles.push_back(pole * scale);
        if (band.type == EqBandType::high_pass) roots.zeros_at_dc = order(band);
        return roots;
    }
    const auto [n, d] = quadratics(band);
    add_roots(d, scale, roots.poles);
    if (band.type == EqBandType::band_pass)
        roots.zeros_at_dc = 1;
    else
        add_roots(n, scale, roots.zeros);
    return roots;
}

EqCurve::EqCurve(std::span<const EqBand> bands) : bands_(bands.begin(), bands.end()) {
    int zeros_at_dc = 0;
    double lift = 1;
    for (const EqBand& band : bands_) {
        Power power{.centre_hz = band.hz, .numerator = {1, 0, 0}, .denominator = {1, 0, 0}, .q = band.q};
        if (is_cut(band)) {
            (band.type == EqBandType::high_pass ? power.high_pass_order : power.low_pass_order) = order(band);
        } else {
            const auto [n, d] = quadratics(band);
            to_power(n, power.numerator);
            to_power(d, power.denominator);
            if (!is_neutral(band)) lift *= gain_from_db(std::abs(band.gain_db));
        }
        // u = q (x − 1/x) at x = 1 + 1/q, the nearer edge
        if (band.type == EqBandType::notch) power.rounding = rounding_at_edge * (band.q + 1) / (2 * band.q + 1);
        powers_.push_back(power);

        const AnalogueRoots roots = analogue_roots(band);
        zeros_at_dc += roots.zeros_at_dc;
        for (const Complex& pole : roots.poles)
            minimum_phase_decay_s_ = std::max(minimum_phase_decay_s_, -1 / pole.real());
        for (const Complex& zero : roots.zeros)
            if (zero.real() < 0) zero_phase_decay_s_ = std::max(zero_phase_decay_s_, -1 / zero.real());
        // a Gaussian of this width: erf's in frequency
        if (band.type == EqBandType::notch) zero_phase_decay_s_ = std::max(zero_phase_decay_s_, band.q / (3 * band.hz));
    }
    zero_phase_decay_s_ = std::max(zero_phase_decay_s_, minimum_phase_decay_s_);
    if (zeros_at_dc == 1) {
        for (const EqBand& band : bands_) {
            if (band.type == EqBandType::band_pass) rounded_below_hz_ = floor_magnitude / lift * band.q * band.hz;
            if (band.type == EqBandType::high_pass && order(band) == 1)
                rounded_below_hz_ = floor_magnitude / lift * band.hz;
        }
        rounded_below_hz_ = std::max(rounded_below_hz_, lowest_rounding_hz);
        zero_phase_decay_s_ = std::max(zero_phase_decay_s_, 1 / (3 * rounded_below_hz_));
    }
}

double EqCurve::magnitude(double hz) const {
    double power = 1;
    for (const Power& p : powers_) {
        const double x = hz / p.centre_hz, w = x * x;
        if (p.low_pass_order > 0) {
            power /= 1 + int_power(w, p.low_pass_order);
        } else if (p.high_pass_order > 0) {
            const double rise = int_power(w, p.high_pass_order);
            power *= w > 1 ? 1 / (1 + 1 / rise) : rise / (1 + rise);
        } else {
            const auto& [n0, n1, n2] = p.numerator;
            const auto& [d0, d1, d2] = p.denominator;
            // (1 − w)² keeps its accuracy near a notch's zero
            const double above = p.rounding > 0 ? (1 - w) * (1 - w) : n0 + w * (n1 + w * n2);
            power *= above / (d0 + w * (d1 + w * d2));
        }
    }
    return std::sqrt(power);
}

double EqCurve::rounding(double hz) const {
    double factor = 1;
    for (const Power& p : powers_) {
        if (p.rounding == 0) continue;
        const double x = hz / p.centre_hz;
        const double argument = p.rounding * p.q * std::abs(1 - x * x);
        if (argument < 6 * x) factor *= std::erf(argument / x);
    }
    if (hz < 3 * rounded_below_hz_) {
        const double at_edge = rounded_below_hz_ < 10 ? coarse_rounding_at_edge : rounding_at_edge;
        factor *= std::erf(at_edge * hz / rounded_below_hz_);
    }
    return factor;
}

bool EqCurve::in_notch(double hz) const {
    return std::any_of(powers_.begin(), powers_.end(), [hz](const Power& p) {
        return p.rounding > 0 && std::abs(hz - p.centre_hz) * p.q <= p.centre_hz;
    });
}

}  // namespace lathe
