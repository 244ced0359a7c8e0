// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

#include "dsp/core/audio.h"
#include "dsp/simd/lane_fft.h"

namespace lathe {

/// The transform of the render path: complex, 2^10 to 2^18 points, with the lanes of a vector working on neighbouring
/// columns (then rows) of the points laid out as a matrix: no shuffles but one transposition, small transforms in the
/// innermost cache, nothing planned. Two channels make one transform: x + i y. Unscaled.
///
/// A spectrum's order is its own (and depends on the instruction set in use), such that every bin lies across from the
/// bin of opposite frequency: filters that mix the two channels of a transform need no second pass to part them.
template <class Sample>
class LaneFft {
public:
    /// size: a power of two, 2^10 to 2^18.
    explicit LaneFft(std::size_t size);
    ~LaneFft();
    LaneFft(LaneFft&&) noexcept;

    std::size_t size() const;
    std::size_t spectrum_samples() const { return 2 * size(); }
    /// Brings bins 0 … size − 1 of the unscaled transform into a spectrum's order, rounded once. half: the bins are the
    /// conjugates of their opposites, as those of real taps, and only half of them are kept, half_samples().
    void arrange(const std::complex<double>* bins, bool half, Sample* spectrum) const;
    /// The same for a whole spectrum as LaneFft<double> of this size orders it; much the faster.
    void arrange(const double* wide, bool half, Sample* spectrum) const;
    std::size_t half_samples() const { return spectrum_samples() / 2 + pair_samples() / 2; }

    /// Memory that one worker needs: `work` of work_samples() for each block on its way, `tile` of tile_samples().
    std::size_t work_samples() const { return 2 * size(); }
    std::size_t tile_samples() const;

    /// real, imaginary: size samples each, imaginary null for zeros; anywhere in memory. All else: 64-byte boundaries.
    void forward(const Sample* real, const Sample* imaginary, Sample* spectrum, Sample* work, Sample* tile) const;
    /// The way back begins with sums of filtered signals, pair by pair of a spectrum's groups, 0 … pairs() − 1, for
    /// several blocks at once: a response that they share is read from far away once.
    /// signals: [filter][block] spectra; sums: [block] pair_samples() each.
    std::size_t pairs() const;
    std::size_t pair_samples() const { return spectrum_samples() / pairs(); }
    void sum_products(std::size_t pair, std::span<const LaneResponse<Sample>> responses, const Sample* const* signals,
                      std::size_t blocks, Sample* sums) const;
    /// It goes on, for one block, with the sums of each pair, which are overwritten.
    void inverse_pair(std::size_t pair, Sample* sums, Sample* work) const;
    /// It ends, after all pairs, with samples first … first + count − 1; imaginary null: not wanted.
    void inverse_end(const Sample* work, std::size_t first, std::size_t count, Sample* real, Sample* imaginary,
                     Sample* tile) const;

private:
    struct Tables;
    std::shared_ptr<const Tables> tables_;
};

}  // namespace lathe
