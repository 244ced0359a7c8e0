// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/stereo_spectrum.h"

#include <algorithm>
#include <cassert>

namespace lathe {

// With Z the transform of L + iR, both real: Z[k] Z[−k] = |L|² − |R|² + 2i Re(L conj(R)).
void StereoSpectrum::add(const PowerSpectrum::Scratch& scratch) {
    const std::size_t n = scratch.bins.size();
    assert(sum_.size() <= n / 2 + 1);
    for (std::size_t k = 0; k < sum_.size(); ++k) {
        const std::complex<double> z(scratch.bins[k]), mirror(scratch.bins[k == 0 ? 0 : n - k]);
        sum_[k] += 0.5 * (std::norm(z) + std::norm(mirror));
        difference_[k] += z.real() * mirror.real() - z.imag() * mirror.imag();
        cross_[k] += 0.5 * (z.real() * mirror.imag() + z.imag() * mirror.real());
    }
}

void StereoSpectrum::add(const StereoSpectrum& other) {
    for (std::size_t k = 0; k < sum_.size(); ++k) {
        sum_[k] += other.sum_[k];
        difference_[k] += other.difference_[k];
        cross_[k] += other.cross_[k];
    }
}

void StereoSpectrum::power(Channel part, std::span<float> out) const {
    assert(part != Channel::stereo);
    for (std::size_t k = 0; k < sum_.size(); ++k) {
        const double power = part == Channel::left    ? (sum_[k] + difference_[k]) / 2
                             : part == Channel::right ? (sum_[k] - difference_[k]) / 2
                             : part == Channel::mid   ? sum_[k] / 4 + cross_[k] / 2
                                                      : sum_[k] / 4 - cross_[k] / 2;
        out[k] = static_cast<float>(std::max(power, 0.0));
    }
}

}  // namespace lathe
