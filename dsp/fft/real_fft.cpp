// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cassert>

#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"
#include "dsp/fft/lane_powers.h"

namespace lathe {

// The even samples as real parts, the odd ones as imaginary parts: a complex transform of half the size, whose two
// halves e and o make bin k = e[k] + w^k o[k], w = e^(−2πi/size). FFTW's own real transforms take ten times as long to
// plan, which is most of what the short programme waits for.

namespace {

/// Without C++'s care for infinities, which costs more than the product.
template <class Sample>
std::complex<Sample> times(const std::complex<Sample>& a, const std::complex<Sample>& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

}  // namespace

template <class Sample>
struct RealFft<Sample>::Tables {
    explicit Tables(std::size_t size) : turns(size / 4 + 1) {
        // A row of neighbours turned as a whole: so many sines and cosines would take longer than the transform.
        constexpr std::size_t row = 256;
        std::array<std::complex<double>, row> first;
        for (std::size_t k = 0; k < row; ++k) first[k] = root_of_unity(k, size);
        for (std::size_t from = 0; from < turns.size(); from += row) {
            const std::complex<double> to_row = root_of_unity(from, size);
            for (std::size_t k = from; k < std::min(from + row, turns.size()); ++k)
                turns[k] = std::complex<Sample>(times(to_row, first[k - from]));
        }
    }
    AlignedVector<std::complex<Sample>> turns;  ///< w^k, k <= size / 4
};

template <class Sample>
RealFft<Sample>::RealFft(std::size_t size) : half_(size / 2), tables_(kept_for<Tables>(size)) {
    assert(size % 2 == 0 && size > 0);
}

template <class Sample>
void RealFft<Sample>::forward(const Sample* samples, std::complex<Sample>* spectrum) const {
    half_.forward(reinterpret_cast<const std::complex<Sample>*>(samples), spectrum);
    const std::size_t n = half_.size();
    const std::complex<Sample> first = spectrum[0];
    spectrum[0] = first.real() + first.imag();
    spectrum[n] = first.real() - first.imag();
    for (std::size_t k = 1; 2 * k <= n; ++k) {
        const std::complex<Sample> a = spectrum[k], b = std::conj(spectrum[n - k]);
        const std::complex<Sample> even = (a + b) * Sample(0.5), odd = times(tables_->turns[k], (a - b) * Sample(0.5));
        spectrum[k] = {even.real() + odd.imag(), even.imag() - odd.real()};
        spectrum[n - k] = {even.real() - odd.imag(), -even.imag() - odd.real()};
    }
}

// The transform back is the one forth of the bins in opposite order, so one plan does for both.
template <class Sample>
void RealFft<Sample>::inverse(std::complex<Sample>* spectrum, Sample* samples) const {
    const std::size_t n = half_.size();
    const Sample first = spectrum[0].real(), last = spectrum[n].real();
    spectrum[0] = {first + last, first - last};
    for (std::size_t k = 1; 2 * k <= n; ++k) {
        const std::complex<Sample> a = spectrum[k], b = std::conj(spectrum[n - k]);
        const std::complex<Sample> even = a + b, odd = times(std::conj(tables_->turns[k]), a - b);
        spectrum[n - k] = {even.real() - odd.imag(), even.imag() + odd.real()};
        spectrum[k] = {even.real() + odd.imag(), odd.real() - even.imag()};
    }
    half_.forward(spectrum, reinterpret_cast<std::complex<Sample>*>(samples));
}

template class RealFft<float>;
template class RealFft<double>;

}  // namespace lathe
