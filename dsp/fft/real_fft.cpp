// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"

namespace lathe {

template <class Sample>
struct RealFft<Sample>::Plans {
    explicit Plans(std::size_t size) : Plans(size, AlignedVector<Sample>(size), Spectrum(size / 2 + 1)) {}
    FftwPlan<Sample> forward, inverse;

private:
    using Api = FftwApi<Sample>;
    using Spectrum = AlignedVector<std::complex<Sample>>;
    Plans(std::size_t size, AlignedVector<Sample> samples, Spectrum spectrum)
        : forward(
              Api::plan_to_spectrum(static_cast<int>(size), samples.data(), Api::raw(spectrum.data()), FFTW_ESTIMATE)),
          inverse(
              Api::plan_to_samples(static_cast<int>(size), Api::raw(spectrum.data()), samples.data(), FFTW_ESTIMATE)) {}
};

template <class Sample>
RealFft<Sample>::RealFft(std::size_t size) : size_(size), plans_(cached_plans<Plans>(size)) {
    assert(size % 2 == 0);
}

template <class Sample>
void RealFft<Sample>::forward(const Sample* samples, std::complex<Sample>* spectrum) const {
    using Api = FftwApi<Sample>;  // out of place and one-dimensional, so the samples are only read
    Api::execute_to_spectrum(plans_->forward.get(), const_cast<Sample*>(samples), Api::raw(spectrum));
}

template <class Sample>
void RealFft<Sample>::inverse(std::complex<Sample>* spectrum, Sample* samples) const {
    using Api = FftwApi<Sample>;
    Api::execute_to_samples(plans_->inverse.get(), Api::raw(spectrum), samples);
}

template class RealFft<float>;
template class RealFft<double>;

}  // namespace lathe
