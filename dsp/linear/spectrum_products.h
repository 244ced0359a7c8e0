// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// The spectrum of a real block as the kernels of dsp/simd/complex.h like it: real parts of bins 0 … transform / 2,
/// zeros up to a multiple of 32, then the imaginary parts alike.
struct SpectrumShape {
    explicit SpectrumShape(Frames transform) : bins(static_cast<std::size_t>(transform) / 2 + 1) {}
    std::size_t bins;
    std::size_t imaginary() const { return (bins + 31) / 32 * 32; }  ///< samples from a real part to its imaginary part
    std::size_t samples() const { return 2 * imaginary(); }
};

/// Several sums of products of spectra, run together a stretch of bins at a time, so that a response that many blocks
/// share is read from far away once. The sums do not depend on each other.
template <class Sample>
class SpectrumProducts {
public:
    void start(SpectrumShape shape);
    /// The products added from now on belong to the next sum.
    void add_sum() { starts_.push_back(signals_.size()); }
    /// signal, response: SpectrumShape::samples() each, on 64-byte boundaries.
    void add_product(const Sample* signal, const Sample* response);
    void run();

    const Sample* sum(std::size_t index) const { return sums_.data() + index * shape_.samples(); }
    /// Whether the sum has a product; one without is zero.
    bool sounds(std::size_t index) const { return starts_[index + 1] > starts_[index]; }

private:
    SpectrumShape shape_{0};
    std::vector<const Sample*> signals_, responses_;
    std::vector<std::size_t> starts_;  // of each sum's products; after run(), the end too
    AlignedVector<Sample> sums_;
};

}  // namespace lathe
