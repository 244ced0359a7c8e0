// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

// A complex transform of rows · columns points as two rounds of small transforms, each of which runs on as many columns
// or rows at once as a vector has lanes. "lanes" is that number below. A complex vector is `lanes` real parts and then
// `lanes` imaginary ones. A small transform of n points leaves its results in digit-reversed order; see LaneFft.

/// Everything that the kernels read besides audio. Made by LaneFft.
template <class Sample>
struct LaneFftTables {
    std::size_t rows, columns;    ///< powers of two, 32 to 512; rows at least twice the lanes
    const Sample* column_powers;  ///< powers of the roots of unity that the small transform of `rows` points takes
    const Sample* row_powers;     ///< the same for `columns` points
    const Sample* row_steps;    ///< [row position] complex vectors: w^(row · lane), w the root of the whole transform
    const Sample* chunk_steps;  ///< [chunk of lanes columns][row position] complex numbers: w^(row · first column)
    const std::size_t* group_rows;      ///< [group][lane]: the positions of the rows that are transformed together
    const std::size_t* mirror_columns;  ///< [column position]: where row 0 holds the column of opposite frequency
};

/// The way there: size samples of the real and of the imaginary part (null: zeros) to a spectrum of groups:
/// [group][column position] complex vectors. work: 2 · size samples, tile: 2 · lanes · max(rows, columns).
struct LaneForward {
    template <class Arch, class Sample>
    void operator()(Arch, const LaneFftTables<Sample>* tables, const Sample* real, const Sample* imaginary,
                    Sample* spectrum, Sample* work, Sample* tile);
};

/// A filter: signal · straight + mirrored signal · crossed, where the mirrored signal's bins are conj(signal[−k]). Its
/// parts are spectra as LaneForward makes them, or halves of spectra whose opposite bins are conjugates: both groups of
/// the first pair, and of every other pair the even one.
template <class Sample>
struct LaneResponse {
    const Sample* straight;
    const Sample* crossed;  ///< null: no such part
    bool halves;
};

/// Sums of `count` filtered signals for each of several blocks, signals: [filter][block], in the groups 2 · pair and
/// 2 · pair + 1, which hold each other's opposite frequencies. sums: [block][group][column position] complex vectors.
struct LaneSumProducts {
    template <class Arch, class Sample>
    void operator()(Arch, const LaneFftTables<Sample>* tables, std::size_t pair, const LaneResponse<Sample>* responses,
                    std::size_t count, const Sample* const* signals, std::size_t blocks, Sample* sums);
};

/// Takes one block's sums of a pair of groups, which it overwrites, half the way back, into `work`.
struct LaneInverseRows {
    template <class Arch, class Sample>
    void operator()(Arch, const LaneFftTables<Sample>* tables, std::size_t pair, Sample* sums, Sample* work);
};

/// The other half: from `work` to samples first … first + count − 1 of the real and of the imaginary part (null: not
/// wanted), unscaled.
struct LaneInverseColumns {
    template <class Arch, class Sample>
    void operator()(Arch, const LaneFftTables<Sample>* tables, const Sample* work, std::size_t first, std::size_t count,
                    Sample* real, Sample* imaginary, Sample* tile);
};

}  // namespace lathe
