// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/block_transform.h"

#include <algorithm>

#include "dsp/simd/complex.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

template <class Sample>
void grow(AlignedVector<std::complex<Sample>>& values, std::size_t size) {
    if (values.size() < size) values.resize(size);
}

}  // namespace

template <class Sample>
BlockTransform<Sample>::BlockTransform(Frames size)
    : size_(static_cast<std::size_t>(size)), shape_(size), pair_(size_), alone_(size_) {}

template <class Sample>
void BlockTransform<Sample>::forward(const Sample* x, const Sample* y, Sample* x_bins, Sample* y_bins,
                                     BlockScratch<Sample>& scratch) const {
    if (!y) return forward_alone(x, x_bins, scratch);
    grow(scratch.time, size_);
    grow(scratch.frequency, size_ + 1);
    auto* const both = reinterpret_cast<Sample*>(scratch.time.data());
    for (std::size_t n = 0; n < size_; ++n) {
        both[2 * n] = x[n];
        both[2 * n + 1] = y[n];
    }
    std::complex<Sample>* const values = scratch.frequency.data();
    pair_.forward(scratch.time.data(), values);
    values[size_] = values[0];
    const std::size_t middle = size_ / 2;
    run_kernel<SplitPairSpectrum>(reinterpret_cast<const Sample*>(values), x_bins, y_bins, shape_.imaginary(), middle);
    x_bins[middle] = values[middle].real();
    y_bins[middle] = values[middle].imag();
}

template <class Sample>
void BlockTransform<Sample>::inverse(const Sample* x_bins, const Sample* y_bins, Frames from, Frames count, Sample* x,
                                     Sample* y, BlockScratch<Sample>& scratch) const {
    if (!y) return inverse_alone(x_bins, from, count, x, scratch);
    grow(scratch.time, size_);
    grow(scratch.frequency, size_ + 1);
    std::complex<Sample>* const values = scratch.frequency.data();
    const std::size_t middle = size_ / 2;
    run_kernel<JoinPairSpectrum>(x_bins, y_bins, reinterpret_cast<Sample*>(values), shape_.imaginary(), middle);
    values[middle] = {x_bins[middle], y_bins[middle]};
    pair_.inverse(values, scratch.time.data());
    const auto* const both = reinterpret_cast<const Sample*>(scratch.time.data() + from);
    for (Frames n = 0; n < count; ++n) {
        x[n] = both[2 * n];
        y[n] = both[2 * n + 1];
    }
}

template <class Sample>
void BlockTransform<Sample>::forward_alone(const Sample* x, Sample* bins, BlockScratch<Sample>& scratch) const {
    grow(scratch.time, size_ / 2);
    grow(scratch.frequency, shape_.bins);
    auto* const samples = reinterpret_cast<Sample*>(scratch.time.data());
    std::copy_n(x, size_, samples);
    alone_.forward(samples, scratch.frequency.data());
    const auto* const values = reinterpret_cast<const Sample*>(scratch.frequency.data());
    for (std::size_t k = 0; k < shape_.bins; ++k) {
        bins[k] = values[2 * k];
        bins[shape_.imaginary() + k] = values[2 * k + 1];
    }
}

template <class Sample>
void BlockTransform<Sample>::inverse_alone(const Sample* bins, Frames from, Frames count, Sample* x,
                                           BlockScratch<Sample>& scratch) const {
    grow(scratch.time, size_ / 2);
    grow(scratch.frequency, shape_.bins);
    auto* const values = reinterpret_cast<Sample*>(scratch.frequency.data());
    for (std::size_t k = 0; k < shape_.bins; ++k) {
        values[2 * k] = bins[k];
        values[2 * k + 1] = bins[shape_.imaginary() + k];
    }
    auto* const samples = reinterpret_cast<Sample*>(scratch.time.data());
    alone_.inverse(scratch.frequency.data(), samples);
    std::copy_n(samples + from, count, x);
}

template class BlockTransform<float>;
template class BlockTransform<double>;

}  // namespace lathe
