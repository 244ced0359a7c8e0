// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// Complex transform of one size, unscaled. Planned by FFTW's estimate, so that the same bits come out on every run,
/// when it is first used; that is serialised, and free the second time. Using one is neither locked nor limited to one
/// thread.
template <class Sample>
class ComplexFft {
public:
    explicit ComplexFft(std::size_t size);
    std::size_t size() const { return size_; }
    /// in and out: size() values each on 64-byte boundaries (AlignedVector), not overlapping.
    void forward(const std::complex<Sample>* in, std::complex<Sample>* out) const;

private:
    class Plan;
    std::size_t size_;
    std::shared_ptr<const Plan> plan_;
};

/// Real transform: size samples ↔ size / 2 + 1 values. Unscaled: inverse(forward(x)) = size · x. For design and
/// measurement; out of place, keeps its input (the inverse overwrites its spectrum). All arrays on 64-byte boundaries.
template <class Sample>
class RealFft {
public:
    explicit RealFft(std::size_t size);  ///< even
    std::size_t size() const { return 2 * half_.size(); }
    void forward(const Sample* samples, std::complex<Sample>* spectrum) const;
    void inverse(std::complex<Sample>* spectrum, Sample* samples) const;

private:
    struct Tables;
    ComplexFft<Sample> half_;
    std::shared_ptr<const Tables> tables_;
};

/// The least power of two that is at least n.
constexpr std::size_t power_of_two_at_least(std::size_t n) {
    std::size_t p = 1;
    while (p < n) p *= 2;
    return p;
}

}  // namespace lathe
