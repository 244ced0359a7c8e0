// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <memory>
#include <mutex>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/spectrum_products.h"

namespace lathe {

/// Memory one worker needs while it works on a block; grown once, used again.
template <class Sample>
struct BlockScratch {
    AlignedVector<std::complex<Sample>> time, frequency;
    SpectrumProducts<Sample> products;
};

/// Lends scratch to whoever works at the moment.
template <class Sample>
class ScratchPool {
public:
    class Loan {
    public:
        explicit Loan(ScratchPool& pool) : pool_(pool), scratch_(pool.take()) {}
        ~Loan() { pool_.give_back(std::move(scratch_)); }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        BlockScratch<Sample>& operator*() { return *scratch_; }

    private:
        ScratchPool& pool_;
        std::unique_ptr<BlockScratch<Sample>> scratch_;
    };

private:
    using Scratch = std::unique_ptr<BlockScratch<Sample>>;
    Scratch take() {
        const std::scoped_lock lock(mutex_);
        if (free_.empty()) return std::make_unique<BlockScratch<Sample>>();
        Scratch scratch = std::move(free_.back());
        free_.pop_back();
        return scratch;
    }
    void give_back(Scratch scratch) {
        const std::scoped_lock lock(mutex_);
        free_.push_back(std::move(scratch));
    }
    std::mutex mutex_;
    std::vector<Scratch> free_;
};

/// Spectra of real blocks, two channels to one complex transform (x + i y), a lone channel by a real one.
/// Unscaled: the way back gives size times the samples.
template <class Sample>
class BlockTransform {
public:
    explicit BlockTransform(Frames size);
    /// x, y: size samples each, y null for a lone channel. x_bins, y_bins: SpectrumShape::samples() each.
    void forward(const Sample* x, const Sample* y, Sample* x_bins, Sample* y_bins, BlockScratch<Sample>& scratch) const;
    /// The `count` samples from `from` on.
    void inverse(const Sample* x_bins, const Sample* y_bins, Frames from, Frames count, Sample* x, Sample* y,
                 BlockScratch<Sample>& scratch) const;

private:
    void forward_alone(const Sample* x, Sample* bins, BlockScratch<Sample>& scratch) const;
    void inverse_alone(const Sample* bins, Frames from, Frames count, Sample* x, BlockScratch<Sample>& scratch) const;

    std::size_t size_;
    SpectrumShape shape_;
    ComplexFft<Sample> pair_;
    RealFft<Sample> alone_;
};

}  // namespace lathe
