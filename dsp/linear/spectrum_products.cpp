// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/spectrum_products.h"

#include <algorithm>

#include "dsp/simd/complex.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

constexpr std::size_t cached_samples = 1 << 16;  ///< of spectra worked on at once: what stays in the inner cache
constexpr std::size_t summed_at_once = 16;       ///< products: sums of sums err less than one long float sum

}  // namespace

template <class Sample>
void SpectrumProducts<Sample>::start(SpectrumShape shape) {
    shape_ = shape;
    signals_.clear();
    responses_.clear();
    starts_.clear();
}

template <class Sample>
void SpectrumProducts<Sample>::add_product(const Sample* signal, const Sample* response) {
    signals_.push_back(signal);
    responses_.push_back(response);
}

template <class Sample>
void SpectrumProducts<Sample>::run() {
    const std::size_t count = starts_.size();
    starts_.push_back(signals_.size());
    if (signals_.empty()) return;
    if (sums_.size() < count * shape_.samples()) sums_.resize(count * shape_.samples());

    // Real and imaginary parts of a response and of two channels for each product of a sum.
    const std::size_t products = signals_.size() / count + 1;
    const std::size_t stretch = std::clamp<std::size_t>(cached_samples / (6 * products) / 32 * 32, 64, 512);
    for (std::size_t bin = 0; bin < shape_.imaginary(); bin += stretch)
        for (std::size_t s = 0; s < count; ++s) {
            Sample* const target = sums_.data() + s * shape_.samples();
            const std::size_t bins = std::min(stretch, shape_.imaginary() - bin);
            std::fill_n(target + bin, bins, Sample(0));
            std::fill_n(target + shape_.imaginary() + bin, bins, Sample(0));
            for (std::size_t i = starts_[s]; i < starts_[s + 1]; i += summed_at_once)
                run_kernel<ComplexMultiplyAdd>(signals_.data() + i, responses_.data() + i,
                                               std::min(summed_at_once, starts_[s + 1] - i), target, shape_.imaginary(),
                                               bin, bins);
        }
}

template class SpectrumProducts<float>;
template class SpectrumProducts<double>;

}  // namespace lathe
