// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <random>
#include <span>
#include <vector>

#include "dsp/core/decibel.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/eq_settings.h"
#include "tests/dsp/linear/fir_response.h"

/// The contract's rule for equalisers (section 5), written down from its text.
namespace lathe::test {

inline EqBand band(EqBandType type, double hz, double gain_db = 0, double q = 0.7071, double slope_db_oct = 24) {
    EqBand b;
    b.type = type;
    b.hz = hz;
    b.gain_db = gain_db;
    b.q = q;
    b.slope_db_oct = slope_db_oct;
    return b;
}

/// Response of one band's analogue prototype, s = j · hz / band.hz.
inline std::complex<double> prototype(const EqBand& b, double hz) {
    const std::complex<double> s(0, hz / b.hz);
    const double a = std::pow(10, b.gain_db / 40), root = std::sqrt(a) / b.q, tilt = gain_from_db(b.gain_db);
    switch (b.type) {
        case EqBandType::bell:
            return (s * s + s * a / b.q + 1.0) / (s * s + s / (a * b.q) + 1.0);
        case EqBandType::low_shelf:
            return a * (s * s + root * s + a) / (a * s * s + root * s + 1.0);
        case EqBandType::high_shelf:
            return a * (a * s * s + root * s + 1.0) / (s * s + root * s + a);
        case EqBandType::tilt:
            return (tilt * s + 1.0) / (s + tilt);
        case EqBandType::high_pass:
            return 1 / std::sqrt(1 + std::pow(b.hz / hz, b.slope_db_oct / 3));
        case EqBandType::low_pass:
            return 1 / std::sqrt(1 + std::pow(hz / b.hz, b.slope_db_oct / 3));
        case EqBandType::notch:
            return (s * s + 1.0) / (s * s + s / b.q + 1.0);
        case EqBandType::band_pass:
            return s / b.q / (s * s + s / b.q + 1.0);
    }
    return std::nan("");
}

/// How much of what the contract allows a filter of `bands` uses that passes `got` at hz: 1 is all of it.
inline double used_allowance(std::span<const EqBand> bands, double got, double hz, double rate) {
    double wanted = 1;
    bool in_notch = false;
    for (const EqBand& b : bands) {
        wanted *= std::abs(prototype(b, hz));
        in_notch = in_notch || (b.type == EqBandType::notch && std::abs(hz - b.hz) <= b.hz / b.q);
    }
    if (in_notch || wanted < 1e-3) return (got - wanted) / 0.001;
    const double allowed_db = hz < 20 ? 0.1 : hz <= 20000 ? 0.01 : hz <= 0.475 * rate ? 0.1 : 0.5;
    return std::abs(db_from_gain(got / wanted)) / allowed_db;
}
inline double used_allowance(std::span<const EqBand> bands, const Fir& fir, double hz, double rate) {
    return used_allowance(bands, std::abs(response(fir, hz, rate)), hz, rate);
}

/// The largest share of the allowance that a filter uses from 1 Hz to rate / 2: by the direct sum at 20 Hz, 20 kHz and
/// the bands' centres, and on the lines of a transform of 1.5 to 3 times its length, no power of two, so that they are
/// not those that it was designed on; lines from 200 on in steps of a 200th of the frequency, all of them about the
/// centres.
inline double worst_allowance(std::span<const EqBand> bands, const Fir& fir, double rate) {
    double worst = 0;
    const auto look = [&](double hz, double got) {
        const double use = used_allowance(bands, got, hz, rate);
        if (!(use <= worst)) worst = use;  // NaN stays
    };
    const std::size_t size = 3 * power_of_two_at_least((fir.taps.size() + 1) / 2 + 1024);
    AlignedVector<double> taps(size);
    std::copy(fir.taps.begin(), fir.taps.end(), taps.begin());
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    RealFft<double>(size).forward(taps.data(), spectrum.data());
    const double step = rate / static_cast<double>(size);
    const auto look_at_lines = [&](double from, double to, bool thinned) {
        for (auto k = static_cast<std::size_t>(std::ceil(std::max(from, 1.0) / step)); k < spectrum.size();
             k += thinned ? 1 + k / 200 : 1) {
            const double hz = static_cast<double>(k) * step;
            if (hz > to) break;
            look(hz, std::abs(spectrum[k]));
        }
    };
    look_at_lines(1, rate / 2, true);
    std::vector<double> places{20, 20000};
    for (const EqBand& b : bands) {
        places.push_back(b.hz);
        if (b.type == EqBandType::notch)
            for (const double edge : {1 - 1.0001 / b.q, 1 + 1.0001 / b.q})
                places.push_back(std::clamp(edge * b.hz, 1.0, rate / 2));
        look_at_lines(b.hz - 30 * step, b.hz + 30 * step, false);
    }
    for (const double hz : places) look(hz, std::abs(response(fir, hz, rate)));
    return worst;
}

}  // namespace lathe::test
