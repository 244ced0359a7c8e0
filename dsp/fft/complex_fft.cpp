// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>
#include <optional>

#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"

namespace lathe {
namespace {

/// What FFTW plans on: looked at by nobody.
template <class Sample>
class Blank {
public:
    explicit Blank(std::size_t size) : memory_(allocate_aligned(size * sizeof(std::complex<Sample>))) {}
    ~Blank() { free_aligned(memory_); }
    Blank(const Blank&) = delete;
    Blank& operator=(const Blank&) = delete;
    auto* raw() const { return FftwApi<Sample>::raw(static_cast<std::complex<Sample>*>(memory_)); }

private:
    void* memory_;
};

/// A plan that is made when it is first asked for: planning takes longer than many a transform, and most sizes are used
/// in one way only.
template <class Sample>
class LatePlan {
public:
    LatePlan(std::size_t size, int sign, bool in_place) : size_(size), sign_(sign), in_place_(in_place) {}
    typename FftwApi<Sample>::Plan get() const {
        std::call_once(made_, [this] {
            const std::scoped_lock lock(fftw_planner());
            const Blank<Sample> in(size_), other(size_);
            plan_.emplace(FftwApi<Sample>::plan_complex(static_cast<int>(size_), in.raw(),
                                                        (in_place_ ? in : other).raw(), sign_, FFTW_ESTIMATE));
        });
        return plan_->get();
    }

private:
    std::size_t size_;
    int sign_;
    bool in_place_;
    mutable std::once_flag made_;
    mutable std::optional<FftwPlan<Sample>> plan_;
};

}  // namespace

template <class Sample>
struct ComplexFft<Sample>::Plans {
    explicit Plans(std::size_t size)
        : forward_in_place(size, FFTW_FORWARD, true),
          inverse_in_place(size, FFTW_BACKWARD, true),
          forward(size, FFTW_FORWARD, false),
          inverse(size, FFTW_BACKWARD, false) {}
    LatePlan<Sample> forward_in_place, inverse_in_place, forward, inverse;
};

template <class Sample>
ComplexFft<Sample>::ComplexFft(std::size_t size) : size_(size), plans_(kept_for<Plans>(size)) {}

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
