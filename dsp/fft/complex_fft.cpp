// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>
#include <optional>

#include "dsp/fft/fft.h"
#include "dsp/fft/fftw_api.h"

namespace lathe {

/// Made when it is first asked for: planning takes longer than many a transform.
template <class Sample>
class ComplexFft<Sample>::Plan {
public:
    explicit Plan(std::size_t size) : size_(size) {}
    typename FftwApi<Sample>::Plan get() const {
        std::call_once(made_, [this] {
            using Api = FftwApi<Sample>;
            const std::scoped_lock lock(fftw_planner());
            const auto in = unset_array<std::complex<Sample>>(size_), out = unset_array<std::complex<Sample>>(size_);
            plan_.emplace(Api::plan_complex(static_cast<int>(size_), Api::raw(in.get()), Api::raw(out.get()),
                                            FFTW_FORWARD, FFTW_ESTIMATE));
        });
        return plan_->get();
    }

private:
    std::size_t size_;
    mutable std::once_flag made_;
    mutable std::optional<FftwPlan<Sample>> plan_;
};

template <class Sample>
ComplexFft<Sample>::ComplexFft(std::size_t size) : size_(size), plan_(kept_for<Plan>(size)) {}

template <class Sample>
void ComplexFft<Sample>::forward(const std::complex<Sample>* in, std::complex<Sample>* out) const {
    using Api = FftwApi<Sample>;  // an out-of-place plan leaves its input alone, though FFTW's signature cannot say so
    Api::execute_complex(plan_->get(), Api::raw(const_cast<std::complex<Sample>*>(in)), Api::raw(out));
}

template class ComplexFft<float>;
template class ComplexFft<double>;

}  // namespace lathe
