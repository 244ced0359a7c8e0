// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/partitioned_response.h"

#include <algorithm>
#include <complex>

#include "dsp/fft/fft.h"
#include "dsp/linear/block_transform.h"

namespace lathe {

template <class Sample>
PartitionedResponse<Sample>::PartitionedResponse(const Fir& fir, Frames ahead, const BlockPlan& plan) {
    const RealFft<double> fft(static_cast<std::size_t>(plan.transform));
    const SpectrumShape shape(plan.transform);
    AlignedVector<double> samples(fft.size());
    AlignedVector<std::complex<double>> values(shape.bins);

    const Frames start = ahead - fir.origin, taps = static_cast<Frames>(fir.taps.size());
    assert(start >= 0 && start + taps <= plan.partition_taps() + (plan.partitions - 1) * plan.hop);
    for (Frames p = 0; p < plan.partitions; ++p) {
        const Frames from = std::clamp(p * plan.hop - start, Frames(0), taps);
        const Frames to = std::clamp(p * plan.hop + plan.partition_taps() - start, Frames(0), taps);
        const auto first = fir.taps.begin() + from, last = fir.taps.begin() + to;
        if (std::all_of(first, last, [](double tap) { return tap == 0; })) continue;

        std::fill(samples.begin(), samples.end(), 0.0);
        std::copy(first, last, samples.begin() + (start + from - p * plan.hop));
        fft.forward(samples.data(), values.data());
        Part part{p, AlignedVector<Sample>(shape.samples())};
        const double scale = 1 / static_cast<double>(plan.transform);
        for (std::size_t k = 0; k < shape.bins; ++k) {
            part.spectrum[k] = static_cast<Sample>(values[k].real() * scale);
            part.spectrum[shape.imaginary() + k] = static_cast<Sample>(values[k].imag() * scale);
        }
        parts_.push_back(std::move(part));
    }
}

template class PartitionedResponse<float>;
template class PartitionedResponse<double>;

}  // namespace lathe
