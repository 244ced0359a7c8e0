// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fftw3.h>

#include <complex>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace lathe {

/// FFTW under one name for both precisions.
template <class Sample>
struct FftwApi;

template <>
struct FftwApi<float> {
    using Plan = fftwf_plan;
    static fftwf_complex* raw(std::complex<float>* data) { return reinterpret_cast<fftwf_complex*>(data); }
    static constexpr auto plan_complex = fftwf_plan_dft_1d;
    static constexpr auto execute_complex = fftwf_execute_dft;
    static constexpr auto destroy = fftwf_destroy_plan;
};

template <>
struct FftwApi<double> {
    using Plan = fftw_plan;
    static fftw_complex* raw(std::complex<double>* data) { return reinterpret_cast<fftw_complex*>(data); }
    static constexpr auto plan_complex = fftw_plan_dft_1d;
    static constexpr auto execute_complex = fftw_execute_dft;
    static constexpr auto destroy = fftw_destroy_plan;
};

/// A plan that is destroyed with its owner. FFTW answers null for what it cannot plan.
template <class Sample>
class FftwPlan {
public:
    explicit FftwPlan(typename FftwApi<Sample>::Plan plan) : plan_(plan) {
        if (!plan_) throw std::invalid_argument("FFTW has no transform of this size");
    }
    ~FftwPlan() { FftwApi<Sample>::destroy(plan_); }
    FftwPlan(const FftwPlan&) = delete;
    FftwPlan& operator=(const FftwPlan&) = delete;
    typename FftwApi<Sample>::Plan get() const { return plan_; }

private:
    typename FftwApi<Sample>::Plan plan_;
};

/// FFTW plans one at a time, in either precision: whoever plans holds this.
inline std::mutex& fftw_planner() {
    static std::mutex planner;
    return planner;
}

/// The plans, or tables, of one size, made once per program and kept.
template <class Plans>
std::shared_ptr<const Plans> kept_for(std::size_t size) {
    static std::mutex mutex;
    static std::map<std::size_t, std::shared_ptr<const Plans>> made;
    const std::scoped_lock lock(mutex);
    std::shared_ptr<const Plans>& plans = made[size];
    if (!plans) plans = std::make_shared<const Plans>(size);
    return plans;
}

}  // namespace lathe
