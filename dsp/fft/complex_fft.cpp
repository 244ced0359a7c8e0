// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"

namespace lathe {
namespace {

template <class Sample>
struct Room {
    explicit Room(std::size_t size) : values(size) {}
    auto* raw() { return FftwApi<Sample>::raw(values.data()); }
    AlignedVector<std::complex<Sample>> values;
};

template <class Sample>
auto plan(std::size_t size, int sign, bool in_place) {
    Room<Sample> in(size), out(in_place ? 0 : size);
    return FftwApi<Sample>::plan_complex(static_cast<int>(size), in.raw(), in_place ? in.raw() : out.raw(), sign,
                                         FFTW_ESTIMATE);
}

}  // namespace

template <class Sample>
struct ComplexFft<Sample>::Plans {
    explicit Plans(std::size_t size)
        : forward_in_place(plan<Sample>(size, FFTW_FORWARD, true)),
          inverse_in_place(plan<Sample>(size, FFTW_BACKWARD, true)),
          forward(plan<Sample>(size, FFTW_FORWARD, false)),
          inverse(plan<Sample>(size, FFTW_BACKWARD, false)) {}
    FftwPlan<Sample> forward_in_place, inverse_in_place, forward, inverse;
};

template <class Sample>
ComplexFft<Sample>::ComplexFft(std::size_t size) : size_(size), plans_(cached_plans<Plans>(size)) {}

template <class Sample>
void ComplexFft<Sample>::forward(std::complex<Sample>* data) const {
    using Api = FftwApi<Sample>;
    Api::execute_complex(plans_->forward_in_place.get(), Api::raw(data), Api::raw(data));
}

template <class Sample>
void ComplexFft<Sample>::inverse(std::complex<Sample>* data) const {
    using Api = FftwApi<Sample>;
    Api::execute_complex(plans_->inverse_in_place.get(), Api::raw(data), Api::raw(data));
}

template <class Sample>
void ComplexFft<Sample>::forward(const std::complex<Sample>* in, std::complex<Sample>* out) const {
    using Api = FftwApi<Sample>;  // an out-of-place plan leaves its input alone, though FFTW's signature cannot say so
    Api::execute_complex(plans_->forward.get(), Api::raw(const_cast<std::complex<Sample>*>(in)), Api::raw(out));
}

template <class Sample>
void ComplexFft<Sample>::inverse(const std::complex<Sample>* in, std::complex<Sample>* out) const {
    using Api = FftwApi<Sample>;
    Api::execute_complex(plans_->inverse.get(), Api::raw(const_cast<std::complex<Sample>*>(in)), Api::raw(out));
}

template class ComplexFft<float>;
template class ComplexFft<double>;

}  // namespace lathe
