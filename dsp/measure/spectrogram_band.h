// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/measure/log_grid.h"
#include "dsp/simd/band_powers.h"

namespace lathe {

/// The windows of some neighbouring rows of a spectrogram, all of them within stretches of 256 frames around one
/// middle frame.
class SpectrogramBand {
public:
    static constexpr Frames stretch = band_points, middle = stretch / 2;

    /// Rows first … end − 1 of the grid, for audio of that rate: between 0.21 of it and half of it. with_moments: also
    /// what reassignment takes.
    SpectrogramBand(const LogGrid& grid, int first, int end, double rate, bool with_moments);

    int first() const { return first_; }
    int rows() const { return static_cast<int>(rows_.size()); }
    double hz(int row) const { return grid_.hz(first_ + row); }
    double rate() const { return rate_; }
    BandTables tables() const;

    /// Of a row's window: half its length in frames, half the width of its main lobe in Hz.
    double half_length(int row) const;
    double half_width_hz(int row) const;
    /// What all rows together see of a sine at this row's frequency that reads 1 there.
    double overlap(int row) const;

private:
    void add_row(int row, bool with_moments);

    LogGrid grid_;
    int first_;
    double rate_;
    AlignedVector<float> powers_, weights_;
    std::vector<std::uint32_t> positions_;
    std::vector<BandRow> rows_;
};

}  // namespace lathe
