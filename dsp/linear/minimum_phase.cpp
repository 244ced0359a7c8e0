// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/minimum_phase.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include "dsp/core/audio.h"
#include "dsp/fft/fft.h"

namespace lathe {
namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;

// The remainder is smooth but for a kink in slope at rate / 2, so its cepstrum falls with 1/n² and is done by here.
constexpr std::size_t remainder_size = 1 << 13;

/// A band's matched-z filter: roots e^(s / rate), of each pair the upper one, plus zeros at z = 1.
struct MatchedBand {
    EqCurve curve;
    std::vector<Complex> poles, zeros;
    int zeros_at_one = 0;
};

std::vector<Complex> matched(const std::vector<Complex>& roots, double rate) {
    std::vector<Complex> result;
    for (const Complex& s : roots)
        if (std::abs(s.imag()) < 0.95 * pi * rate) result.push_back(std::exp(s / rate));  // others would alias
    return result;
}

/// 1 − root/z, or the product of that for a pair.
Complex factor(const Complex& root, const Complex& inverse_z) {
    const Complex one = 1.0 - root * inverse_z;
    return root.imag() == 0 ? one : one * (1.0 - std::conj(root) * inverse_z);
}

/// ln(|H| / |D|): smooth, since D has H's roots. NaN where a zero of both makes it 0 / 0.
double log_remainder(const std::vector<MatchedBand>& bands, double rate, double omega) {
    const Complex inverse_z = std::polar(1.0, -omega);
    double ratio = 1;
    for (const MatchedBand& band : bands) {
        double matched_power = 1;
        for (const Complex& zero : band.zeros) matched_power *= std::norm(factor(zero, inverse_z));
        if (band.zeros_at_one > 0) matched_power *= std::pow(2 * std::sin(omega / 2), 2 * band.zeros_at_one);
        const bool at_zero = (!band.zeros.empty() && matched_power < 1e-20) || (band.zeros_at_one > 0 && omega == 0);
        for (const Complex& pole : band.poles) matched_power /= std::norm(factor(pole, inverse_z));
        const double magnitude = band.curve.magnitude(omega * rate / (2 * pi));
        ratio *= at_zero ? std::numeric_limits<double>::quiet_NaN() : magnitude * magnitude / matched_power;
    }
    return 0.5 * std::log(ratio);
}

/// Phase of the least-phase filter whose ln magnitude on bins 0 … n/2 is given, on bins 0 … size/2, size ≥ n.
std::vector<double> folded_phase(const std::vector<double>& log_magnitude, std::size_t size) {
    const std::size_t n = 2 * (log_magnitude.size() - 1);
    AlignedVector<Complex> spectrum(size / 2 + 1);
    std::copy(log_magnitude.begin(), log_magnitude.end(), spectrum.begin());
    AlignedVector<double> cepstrum(size);
    RealFft<double>(n).inverse(spectrum.data(), cepstrum.data());
    const double scale = 1.0 / static_cast<double>(n);
    cepstrum[0] *= scale;
    for (std::size_t i = 1; i < n / 2; ++i) cepstrum[i] *= 2 * scale;
    cepstrum[n / 2] *= scale;
    std::fill(cepstrum.begin() + static_cast<Frames>(n / 2) + 1, cepstrum.end(), 0.0);
    RealFft<double>(size).forward(cepstrum.data(), spectrum.data());
    std::vector<double> phase(size / 2 + 1);
    for (std::size_t k = 0; k < phase.size(); ++k) phase[k] = spectrum[k].imag();
    return phase;
}

}  // namespace

std::vector<double> minimum_phase(const EqCurve& curve, double rate, std::size_t size) {
    std::vector<MatchedBand> bands;
    for (const EqBand& band : curve.bands()) {
        const AnalogueRoots roots = analogue_roots(band);
        bands.push_back(
            {EqCurve(std::span(&band, 1)), matched(roots.poles, rate), matched(roots.zeros, rate), roots.zeros_at_dc});
    }

    const std::size_t n = std::min(size, remainder_size);
    std::vector<double> log_magnitude(n / 2 + 1);
    for (std::size_t k = 0; k < log_magnitude.size(); ++k)
        log_magnitude[k] = log_remainder(bands, rate, 2 * pi * static_cast<double>(k) / static_cast<double>(n));
    if (!std::isfinite(log_magnitude[0])) log_magnitude[0] = log_magnitude[1];
    for (std::size_t k = 1; k < log_magnitude.size(); ++k)
        if (!std::isfinite(log_magnitude[k])) log_magnitude[k] = log_magnitude[k - 1];
    std::vector<double> phase = folded_phase(log_magnitude, size);

    for (std::size_t k = 0; k < phase.size(); ++k) {
        const double omega = 2 * pi * static_cast<double>(k) / static_cast<double>(size);
        const Complex inverse_z = std::polar(1.0, -omega);
        for (const MatchedBand& band : bands) {
            // a root's phase, or a pair's, lies within 0 … π, so there is nothing to unwrap between a zero and a pole
            for (std::size_t i = 0; i < std::max(band.zeros.size(), band.poles.size()); ++i) {
                const Complex above = i < band.zeros.size() ? factor(band.zeros[i], inverse_z) : 1.0;
                const Complex below = i < band.poles.size() ? factor(band.poles[i], inverse_z) : 1.0;
                phase[k] += std::arg(above * std::conj(below));
            }
            if (k > 0) phase[k] += band.zeros_at_one * (pi - omega) / 2;
        }
    }
    return phase;
}

}  // namespace lathe
