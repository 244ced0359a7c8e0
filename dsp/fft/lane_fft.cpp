// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft/lane_fft.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <mutex>
#include <vector>

#include "dsp/fft/lane_powers.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

struct LaneCount {
    template <class Sample>
    static constexpr std::size_t of(Isa isa) {
        const std::size_t bytes = isa == Isa::avx512 ? 64 : isa == Isa::avx2 ? 32 : 16;
        return bytes / sizeof(Sample);
    }
};

template <class Sample>
void append(AlignedVector<Sample>& to, std::complex<double> value) {
    to.push_back(static_cast<Sample>(value.real()));
    to.push_back(static_cast<Sample>(value.imag()));
}

}  // namespace

// The points are a matrix: sample row · columns + column, bin row + rows · column.
template <class Sample>
struct LaneFft<Sample>::Tables {
    explicit Tables(std::size_t points)
        : size(points),
          lanes(LaneCount::of<Sample>(active_isa())),
          rows(std::size_t(1) << (std::countr_zero(points) + 1) / 2),
          columns(points / rows),
          column_powers(small_powers<Sample>(rows)),
          row_powers(small_powers<Sample>(columns)),
          row_steps(2 * lanes * rows),
          group_rows(rows),
          column_at(columns),
          mirror_columns(columns) {
        assert(std::has_single_bit(points) && columns >= 32 && rows <= 512);
        std::vector<std::size_t> row_at(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::size_t position = small_position(row, rows);
            row_at[position] = row;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::complex<double> step = root_of_unity(row * lane, size);
                row_steps[2 * lanes * position + lane] = static_cast<Sample>(step.real());
                row_steps[2 * lanes * position + lanes + lane] = static_cast<Sample>(step.imag());
            }
        }
        for (std::size_t chunk = 0; chunk < columns / lanes; ++chunk)
            for (std::size_t position = 0; position < rows; ++position)
                append(chunk_steps, root_of_unity(row_at[position] * chunk * lanes, size));
        for (std::size_t group = 0; group < rows / lanes; ++group)
            for (std::size_t lane = 0; lane < lanes; ++lane)
                group_rows[group * lanes + lane] = small_position(row_in(group, lane), rows);
        for (std::size_t k = 0; k < columns; ++k) column_at[small_position(k, columns)] = k;
        for (std::size_t k = 0; k < columns; ++k)
            mirror_columns[small_position(k, columns)] = small_position((columns - k) % columns, columns);
        kernel = {rows,
                  columns,
                  column_powers.data(),
                  row_powers.data(),
                  row_steps.data(),
                  chunk_steps.data(),
                  group_rows.data(),
                  mirror_columns.data()};
    }

    /// Even groups hold the rows from 0 up, odd ones their mirror images, lane by lane; the middle row, its own mirror
    /// image as row 0 is, lies across from row 0.
    std::size_t row_in(std::size_t group, std::size_t lane) const {
        const std::size_t row = group / 2 * lanes + lane;
        if (group % 2 == 0) return row;
        return row == 0 ? rows / 2 : rows - row;
    }

    /// One group of a spectrum.
    void arrange(const std::complex<double>* bins, std::size_t group, Sample* to) const {
        std::size_t rows_of_lanes[LaneCount::of<float>(Isa::avx512)];
        for (std::size_t lane = 0; lane < lanes; ++lane) rows_of_lanes[lane] = row_in(group, lane);
        for (std::size_t position = 0; position < columns; ++position, to += 2 * lanes) {
            const std::complex<double>* const column = bins + rows * column_at[position];
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::complex<double>& bin = column[rows_of_lanes[lane]];
                to[lane] = static_cast<Sample>(bin.real());
                to[lanes + lane] = static_cast<Sample>(bin.imag());
            }
        }
    }

    /// The same of a spectrum with fewer lanes: as many of its groups of one kind make one of ours.
    void arrange(const double* wide, std::size_t group, Sample* to) const {
        const std::size_t wide_lanes = LaneCount::of<double>(active_isa()), parts = lanes / wide_lanes;
        for (std::size_t part = 0; part < parts; ++part) {
            const std::size_t wide_group = 2 * (group / 2 * parts + part) + group % 2;
            const double* from = wide + wide_group * 2 * wide_lanes * columns;
            Sample* vector = to + part * wide_lanes;
            for (std::size_t vectors = 2 * columns; vectors > 0; --vectors) {  // of real parts and of imaginary ones
                for (std::size_t lane = 0; lane < wide_lanes; ++lane) vector[lane] = static_cast<Sample>(from[lane]);
                from += wide_lanes;
                vector += lanes;
            }
        }
    }

    /// All groups of a spectrum, or those that half of one keeps.
    template <class Bins>
    void arrange_groups(const Bins* bins, bool half, Sample* to) const {
        for (std::size_t group = 0; group < rows / lanes; ++group) {
            if (half && group > 1 && group % 2 == 1) continue;
            arrange(bins, group, to);
            to += 2 * lanes * columns;
        }
    }

    std::size_t size, lanes, rows, columns;
    AlignedVector<Sample> column_powers, row_powers, row_steps, chunk_steps;
    std::vector<std::size_t> group_rows, column_at, mirror_columns;
    LaneFftTables<Sample> kernel;
};

template <class Sample>
LaneFft<Sample>::LaneFft(std::size_t size) {
    static std::mutex mutex;
    static std::map<std::pair<std::size_t, Isa>, std::shared_ptr<const Tables>> made;
    const std::scoped_lock lock(mutex);
    std::shared_ptr<const Tables>& tables = made[{size, active_isa()}];
    if (!tables) tables = std::make_shared<const Tables>(size);
    tables_ = tables;
}
template <class Sample>
LaneFft<Sample>::~LaneFft() = default;
template <class Sample>
LaneFft<Sample>::LaneFft(LaneFft&&) noexcept = default;

template <class Sample>
std::size_t LaneFft<Sample>::size() const {
    return tables_->size;
}
template <class Sample>
std::size_t LaneFft<Sample>::tile_samples() const {
    return 2 * tables_->lanes * tables_->rows;
}
template <class Sample>
std::size_t LaneFft<Sample>::pairs() const {
    return tables_->rows / tables_->lanes / 2;
}

template <class Sample>
void LaneFft<Sample>::arrange(const std::complex<double>* bins, bool half, Sample* spectrum) const {
    tables_->arrange_groups(bins, half, spectrum);
}

template <class Sample>
void LaneFft<Sample>::arrange(const double* wide, bool half, Sample* spectrum) const {
    tables_->arrange_groups(wide, half, spectrum);
}

template <class Sample>
void LaneFft<Sample>::forward(const Sample* real, const Sample* imaginary, Sample* spectrum, Sample* work,
                              Sample* tile) const {
    run_kernel<LaneForward>(&tables_->kernel, real, imaginary, spectrum, work, tile);
}

template <class Sample>
void LaneFft<Sample>::sum_products(std::size_t pair, std::span<const LaneResponse<Sample>> responses,
                                   const Sample* const* signals, std::size_t blocks, Sample* sums) const {
    run_kernel<LaneSumProducts>(&tables_->kernel, pair, responses.data(), responses.size(), signals, blocks, sums);
}

template <class Sample>
void LaneFft<Sample>::inverse_pair(std::size_t pair, Sample* sums, Sample* work) const {
    run_kernel<LaneInverseRows>(&tables_->kernel, pair, sums, work);
}

template <class Sample>
void LaneFft<Sample>::inverse_end(const Sample* work, std::size_t first, std::size_t count, Sample* real,
                                  Sample* imaginary, Sample* tile) const {
    run_kernel<LaneInverseColumns>(&tables_->kernel, work, first, count, real, imaginary, tile);
}

template class LaneFft<float>;
template class LaneFft<double>;

}  // namespace lathe
