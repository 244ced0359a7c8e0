// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"

namespace lathe {
namespace {

/// What FFTW plans on: looked at by nobody.
template <class Sample>
class Blank {
public:
    explicit Blank(std::size_t size) : bytes_(size * sizeof(std::complex<Sample>)), memory_(allocate_aligned(bytes_)) {}
    ~Blank() { free_aligned(memory_, bytes_); }
    Blank(const Blank&) = delete;
    Blank& operator=(const Blank&) = delete;
    auto* raw() const { return FftwApi<Sample>::raw(static_cast<std::complex<Sample>*>(memory_)); }

private:
    std::size_t bytes_;
    void* memory_;
};

}  // namespace

template <class Sample>
struct ComplexFft<Sample>::Plans {
    explicit Plans(std::size_t size) : Plans(size, Blank<Sample>(size), Blank<Sample>(size)) {}
    FftwPlan<Sample> forward_in_place, inverse_in_place, forward, inverse;

private:
    Plans(std::size_t size, const Blank<Sample>& a, const Blank<Sample>& b)
        : forward_in_place(plan(size, a, a, FFTW_FORWARD)),
          inverse_in_place(plan(size, a, a, FFTW_BACKWARD)),
          forward(plan(size, a, b, FFTW_FORWARD)),
          inverse(plan(size, a, b, FFTW_BACKWARD)) {}
    static auto plan(std::size_t size, const Blank<Sample>& in, const Blank<Sample>& out, int sign) {
        return FftwApi<Sample>::plan_complex(static_cast<int>(size), in.raw(), out.raw(), sign, FFTW_ESTIMATE);
    }
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
