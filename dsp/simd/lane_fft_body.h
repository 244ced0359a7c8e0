// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/lane_fft.h"
#include "dsp/simd/multiply_add_body.h"
#include "dsp/simd/transpose_body.h"

namespace lathe {
namespace detail {

template <class T, class Arch>
struct LaneComplex {
    using Batch = xsimd::batch<T, Arch>;
    static constexpr std::size_t lanes = Batch::size, samples = 2 * lanes;

    Batch re, im;

    static LaneComplex load(const T* p) { return {Batch::load_aligned(p), Batch::load_aligned(p + lanes)}; }
    static LaneComplex same(const T* p) { return {Batch(p[0]), Batch(p[1])}; }
    void store(T* p) const {
        re.store_aligned(p);
        im.store_aligned(p + lanes);
    }
    LaneComplex operator+(const LaneComplex& b) const { return {re + b.re, im + b.im}; }
    LaneComplex operator-(const LaneComplex& b) const { return {re - b.re, im - b.im}; }
    LaneComplex conjugate() const { return {re, -im}; }
    LaneComplex operator*(const LaneComplex& b) const {
        return {multiply_subtract_from(im, b.im, re * b.re), multiply_add(im, b.re, re * b.im)};
    }
    LaneComplex times_conjugate(const LaneComplex& b) const {
        return {multiply_add(im, b.im, re * b.re), multiply_subtract_from(re, b.im, im * b.re)};
    }
    /// *this + a · b.
    LaneComplex plus_product(const LaneComplex& a, const LaneComplex& b) const {
        return {multiply_subtract_from(a.im, b.im, multiply_add(a.re, b.re, re)),
                multiply_add(a.im, b.re, multiply_add(a.re, b.im, im))};
    }
    /// *this + conj(a) · b.
    LaneComplex plus_conjugate_product(const LaneComplex& a, const LaneComplex& b) const {
        return {multiply_add(a.im, b.im, multiply_add(a.re, b.re, re)),
                multiply_subtract_from(a.im, b.re, multiply_add(a.re, b.im, im))};
    }
};

/// Times −i on the way there, times i on the way back.
template <bool back, class C>
C quarter_turn(const C& x) {
    if constexpr (back)
        return {-x.im, x.re};
    else
        return {x.im, -x.re};
}
template <bool back, class C>
C turned(const C& x, const C& power) {
    if constexpr (back)
        return x.times_conjugate(power);
    else
        return x * power;
}

template <bool back, class C>
[[gnu::always_inline]] inline void butterfly(C (&x)[4]) {
    const C sum = x[0] + x[2], difference = x[0] - x[2], odd_sum = x[1] + x[3];
    const C odd = quarter_turn<back>(x[1] - x[3]);
    x[0] = sum + odd_sum, x[2] = sum - odd_sum;
    x[1] = difference + odd, x[3] = difference - odd;
}

template <bool back, class C>
[[gnu::always_inline]] inline void butterfly(C (&x)[8]) {
    C even[4] = {x[0], x[2], x[4], x[6]}, odd[4] = {x[1], x[3], x[5], x[7]};
    butterfly<back>(even);
    butterfly<back>(odd);
    using Batch = typename C::Batch;
    const Batch half(static_cast<typename Batch::value_type>(0.70710678118654752440));
    const C one = quarter_turn<back>(odd[1]), three = quarter_turn<back>(odd[3]);
    odd[1] = {(odd[1].re + one.re) * half, (odd[1].im + one.im) * half};
    odd[2] = quarter_turn<back>(odd[2]);
    odd[3] = {(three.re - odd[3].re) * half, (three.im - odd[3].im) * half};
    for (std::size_t r = 0; r < 4; ++r) {
        x[r] = even[r] + odd[r];
        x[r + 4] = even[r] - odd[r];
    }
}

/// A small transform's own memory: [points] complex vectors.
template <class C, class T>
struct Tile {
    T* samples;
    C operator()(std::size_t n) const { return C::load(samples + n * C::samples); }
    void operator()(std::size_t n, const C& x) const { x.store(samples + n * C::samples); }
};

/// One pass of a small transform over parts of `span` complex vectors: decimation in frequency on the way there, in
/// time on the way back. get(n), put(n, x): vector n of the data. powers: for each n < span / radix the powers 1 …
/// radix − 1 of its root.
template <std::size_t radix, bool back, class C, class T, class Get, class Put>
void lane_pass(std::size_t points, std::size_t span, const T* powers, Get get, Put put) {
    const std::size_t step = span / radix;
    for (std::size_t n = 0; n < step; ++n) {
        C power[radix];
        for (std::size_t r = 1; r < radix; ++r) power[r] = C::same(powers + 2 * ((radix - 1) * n + r - 1));
        for (std::size_t part = n; part < points; part += span) {
            C x[radix];
            for (std::size_t r = 0; r < radix; ++r) x[r] = get(part + r * step);
            if constexpr (back)
                for (std::size_t r = 1; r < radix; ++r) x[r] = turned<back>(x[r], power[r]);
            butterfly<back>(x);
            if constexpr (!back)
                for (std::size_t r = 1; r < radix; ++r) x[r] = turned<back>(x[r], power[r]);
            for (std::size_t r = 0; r < radix; ++r) put(part + r * step, x[r]);
        }
    }
}

/// The innermost pass: four neighbours, no powers.
template <bool back, class C, class Get, class Put>
void lane_pass_innermost(std::size_t points, Get get, Put put) {
    for (std::size_t n = 0; n < points; n += 4) {
        C x[4] = {get(n), get(n + 1), get(n + 2), get(n + 3)};
        butterfly<back>(x);
        for (std::size_t r = 0; r < 4; ++r) put(n + r, x[r]);
    }
}

constexpr bool starts_with_eight(std::size_t points) { return points == 32 || points == 128 || points == 512; }

/// A small transform in `tile`: get(n) brings the input in order, put(position, x) takes the
/// output in digit-reversed order.
template <class C, class T, class Get, class Put>
void small_forward(std::size_t points, const T* powers, Tile<C, T> tile, Get get, Put put) {
    std::size_t span = points;
    if (starts_with_eight(points)) {
        lane_pass<8, false, C>(points, span, powers, get, tile);
        powers += 2 * 7 * (span / 8);
        span /= 8;
    } else {
        lane_pass<4, false, C>(points, span, powers, get, tile);
        powers += 2 * 3 * (span / 4);
        span /= 4;
    }
    for (; span > 4; span /= 4) {
        lane_pass<4, false, C>(points, span, powers, tile, tile);
        powers += 2 * 3 * (span / 4);
    }
    lane_pass_innermost<false, C>(points, tile, put);
}

/// The way back: get(position) in digit-reversed order, put(n, x) in order.
template <class C, class T, class Get, class Put>
void small_inverse(std::size_t points, const T* powers, Tile<C, T> tile, Get get, Put put) {
    const bool eight = starts_with_eight(points);
    const std::size_t widest = eight ? points / 8 : points / 4;  // what is left for the middle passes
    const T* const outer = powers;
    powers += eight ? 2 * 7 * (points / 8) : 2 * 3 * (points / 4);
    for (std::size_t span = widest; span > 4; span /= 4) powers += 2 * 3 * (span / 4);
    lane_pass_innermost<true, C>(points, get, tile);
    for (std::size_t span = 16; span <= widest; span *= 4) {
        powers -= 2 * 3 * (span / 4);
        lane_pass<4, true, C>(points, span, powers, tile, tile);
    }
    if (eight)
        lane_pass<8, true, C>(points, points, outer, tile, put);
    else
        lane_pass<4, true, C>(points, points, outer, tile, put);
}

/// What row `position` of a chunk of columns is turned by between the two rounds.
template <class C, class T>
C step_power(const LaneFftTables<T>& t, std::size_t chunk, std::size_t position) {
    return C::load(t.row_steps + position * C::samples) * C::same(t.chunk_steps + 2 * (chunk * t.rows + position));
}

// `work` lies as [chunk of columns][row position] complex vectors whose lanes are columns.

template <class C, class T>
void forward_columns(const LaneFftTables<T>& t, const T* real, const T* imaginary, T* work, T* tile) {
    using Batch = typename C::Batch;
    for (std::size_t chunk = 0; chunk * C::lanes < t.columns; ++chunk) {
        const std::size_t column = chunk * C::lanes;
        const auto put = [&](std::size_t position, const C& x) {
            (x * step_power<C>(t, chunk, position)).store(work + (chunk * t.rows + position) * C::samples);
        };
        if (imaginary)
            small_forward<C>(
                t.rows, t.column_powers, Tile<C, T>{tile},
                [&](std::size_t row) {
                    const std::size_t n = row * t.columns + column;
                    return C{Batch::load_unaligned(real + n), Batch::load_unaligned(imaginary + n)};
                },
                put);
        else
            small_forward<C>(
                t.rows, t.column_powers, Tile<C, T>{tile},
                [&](std::size_t row) {
                    return C{Batch::load_unaligned(real + row * t.columns + column), Batch(T(0))};
                },
                put);
    }
}

/// Asks for a complex vector that is soon read, or written: a large transform's data lie in the outer cache, in pieces
/// too short for the processor to foresee. It may lie past the end of an array; then nothing comes of it.
template <class C, bool write = false, class T>
[[gnu::always_inline]] inline void ask_for(const T* vector) {
    __builtin_prefetch(vector, write, 2);
    if constexpr (C::samples * sizeof(T) > 64) __builtin_prefetch(vector + C::lanes, write, 2);
}

/// Turns lanes that are columns of a group's rows into lanes that are its rows, or back.
template <bool back, class C, class T, class W>
void turn_group(const LaneFftTables<T>& t, std::size_t group, W* work, T* tile) {
    using Batch = typename C::Batch;
    const std::size_t* const rows = t.group_rows + group * C::lanes;
    for (std::size_t chunk = 0; chunk * C::lanes < t.columns; ++chunk) {
        W* const from = work + chunk * t.rows * C::samples;
        T* const to = tile + chunk * C::lanes * C::samples;
        for (std::size_t l = 0; l < C::lanes; ++l) ask_for<C, back>(from + (t.rows + rows[l]) * C::samples);
        for (std::size_t part = 0; part < C::samples; part += C::lanes) {  // real, imaginary
            Batch square[C::lanes];
            for (std::size_t l = 0; l < C::lanes; ++l)
                square[l] = Batch::load_aligned(back ? to + l * C::samples + part : from + rows[l] * C::samples + part);
            transpose(square);
            for (std::size_t l = 0; l < C::lanes; ++l)
                if constexpr (back)
                    square[l].store_aligned(from + rows[l] * C::samples + part);
                else
                    square[l].store_aligned(to + l * C::samples + part);
        }
    }
}

template <class C, class T>
void forward_rows(const LaneFftTables<T>& t, const T* work, T* spectrum, T* tile) {
    for (std::size_t group = 0; group * C::lanes < t.rows; ++group) {
        turn_group<false, C>(t, group, work, tile);
        T* const out = spectrum + group * t.columns * C::samples;
        small_forward<C>(t.columns, t.row_powers, Tile<C, T>{tile}, Tile<C, T>{tile}, Tile<C, T>{out});
    }
}

constexpr std::size_t summed_at_once = 16;   // products: sums of sums err less than one long float sum
constexpr std::size_t columns_at_once = 16;  // of all spectra of a sum: what stays in the cache from block to block
constexpr std::size_t blocks_at_once = 4;    // whose sums share a response while it is in registers

/// The lanes of `image`, but lane 0 of `itself`.
template <class C>
C with_lane_zero(const C& itself, const C& image) {
    using T = typename C::Batch::value_type;
    alignas(64) T lane_zero[C::lanes] = {T(1)};
    const auto is_zero = C::Batch::load_aligned(lane_zero) > typename C::Batch(T(0));
    return {xsimd::select(is_zero, itself.re, image.re), xsimd::select(is_zero, itself.im, image.im)};
}

/// One column position of one of a pair's groups. The opposite position of the other group mirrors it; own: in the
/// first pair, row 0 and the middle row, in lane 0, are their own mirror images.
template <bool odd, bool own, class C, class T>
class PairColumn {
public:
    PairColumn(const LaneFftTables<T>& t, std::size_t pair, std::size_t column)
        : pair_(2 * pair * t.columns * C::samples),
          place_((odd ? 2 * t.columns - 1 - column : column) * C::samples),
          across_((odd ? column : 2 * t.columns - 1 - column) * C::samples),
          own_mirror_((odd ? t.columns + column : t.mirror_columns[column]) * C::samples),
          half_(own ? place_ : ((pair + 1) * t.columns + column) * C::samples) {}

    C sum(const T* sums) const { return C::load(sums + place_); }
    void set_sum(T* sums, const C& x) const { x.store(sums + place_); }
    C signal(const T* spectrum) const { return C::load(spectrum + pair_ + place_); }
    C image(const T* spectrum) const {
        const C across = C::load(spectrum + pair_ + across_);
        if constexpr (own) return with_lane_zero(C::load(spectrum + own_mirror_), across);
        return across;
    }
    C response(const T* part, bool halves) const {
        const C kept = C::load(part + (halves ? half_ : pair_ + place_));
        return !own && odd && halves ? kept.conjugate() : kept;
    }
    /// Asks for what is soon read of a signal, or of a part of a response.
    void ask_for_signal(const T* spectrum) const { ask_for<C>(spectrum + pair_ + place_ + ahead); }
    void ask_for_response(const T* part, bool halves) const {
        if (own || !halves)
            ask_for<C>(part + pair_ + place_ + ahead);
        else if (!odd)
            ask_for<C>(part + half_ + ahead);
    }

private:
    static constexpr std::ptrdiff_t ahead = (odd ? -1 : 1) * static_cast<std::ptrdiff_t>(columns_at_once * C::samples);
    std::size_t pair_, place_, across_, own_mirror_, half_;
};

/// Filters, and the signals of some blocks: signals[filter * stride + block].
template <class T>
struct FilteredBlocks {
    const LaneResponse<T>* responses;
    const T* const* signals;
    std::size_t stride;
};

/// Sums of filters first … end − 1 at one place, in registers; added to what the filters before came to.
template <std::size_t blocks, class C, class Place, class T>
[[gnu::always_inline]] inline void sum_products_at(const Place& at, const FilteredBlocks<T>& filtered,
                                                   std::size_t first, std::size_t end, T* sums,
                                                   std::size_t sums_stride) {
    using Batch = typename C::Batch;
    C sum[blocks];
    for (std::size_t b = 0; b < blocks; ++b) sum[b] = {Batch(T(0)), Batch(T(0))};
    for (std::size_t b = 1; b < blocks; ++b)  // a later filter takes what an older block had before
        at.ask_for_signal(filtered.signals[first * filtered.stride + b]);
    for (std::size_t i = first; i < end; ++i) {
        const auto [straight_part, crossed_part, halves] = filtered.responses[i];
        const T* const* const signals = filtered.signals + i * filtered.stride;
        at.ask_for_signal(signals[0]);
        at.ask_for_response(straight_part, halves);
        const C straight = at.response(straight_part, halves);
        for (std::size_t b = 0; b < blocks; ++b) sum[b] = sum[b].plus_product(at.signal(signals[b]), straight);
        if (!crossed_part) continue;
        at.ask_for_response(crossed_part, halves);
        const C crossed = at.response(crossed_part, halves);
        for (std::size_t b = 0; b < blocks; ++b) sum[b] = sum[b].plus_conjugate_product(at.image(signals[b]), crossed);
    }
    for (std::size_t b = 0; b < blocks; ++b) {
        T* const all = sums + b * sums_stride;
        at.set_sum(all, first > 0 ? sum[b] + at.sum(all) : sum[b]);
    }
}

template <bool own, class C, class T>
void sum_products(const LaneFftTables<T>& t, std::size_t pair, const LaneResponse<T>* responses, std::size_t count,
                  const T* const* signals, std::size_t blocks, T* sums) {
    const std::size_t sums_stride = 2 * t.columns * C::samples;
    const auto sum = [&]<std::size_t together>(std::size_t column, std::size_t b) {
        const FilteredBlocks<T> filtered{responses, signals + b, blocks};
        T* const of_blocks = sums + b * sums_stride;
        for (std::size_t first = 0; first < count; first += summed_at_once) {
            const std::size_t end = count - first < summed_at_once ? count : first + summed_at_once;
            for (std::size_t k = column; k < column + columns_at_once; ++k) {
                sum_products_at<together, C>(PairColumn<false, own, C, T>(t, pair, k), filtered, first, end, of_blocks,
                                             sums_stride);
                sum_products_at<together, C>(PairColumn<true, own, C, T>(t, pair, k), filtered, first, end, of_blocks,
                                             sums_stride);
            }
        }
    };
    for (std::size_t column = 0; column < t.columns; column += columns_at_once) {
        std::size_t b = 0;
        for (; b + blocks_at_once <= blocks; b += blocks_at_once) sum.template operator()<blocks_at_once>(column, b);
        for (; b < blocks; ++b) sum.template operator()<1>(column, b);
    }
}

template <class C, class T>
void inverse_rows(const LaneFftTables<T>& t, std::size_t pair, T* sums, T* work) {
    for (const std::size_t odd : {0, 1}) {
        const Tile<C, T> tile{sums + odd * t.columns * C::samples};
        small_inverse<C>(t.columns, t.row_powers, tile, tile, tile);
        turn_group<true, C>(t, 2 * pair + odd, work, tile.samples);
    }
}

/// Keeps those of a vector's samples n … that lie in first … first + count − 1.
template <class Batch, class T>
void store_within(const Batch& x, std::size_t n, std::size_t first, std::size_t count, T* out) {
    if (n >= first && n + Batch::size <= first + count) {
        __builtin_prefetch(out + (n - first) + 2 * Batch::size, 1, 2);  // what the next chunk writes
        return x.store_unaligned(out + (n - first));
    }
    alignas(64) T samples[Batch::size];
    x.store_aligned(samples);
    for (std::size_t l = 0; l < Batch::size; ++l)
        if (n + l >= first && n + l < first + count) out[n + l - first] = samples[l];
}

template <class C, class T>
void inverse_columns(const LaneFftTables<T>& t, const T* work, std::size_t first, std::size_t count, T* real,
                     T* imaginary, T* tile) {
    for (std::size_t chunk = 0; chunk * C::lanes < t.columns; ++chunk) {
        const auto get = [&](std::size_t position) {
            return C::load(work + (chunk * t.rows + position) * C::samples)
                .times_conjugate(step_power<C>(t, chunk, position));
        };
        const auto put = [&](std::size_t row, const C& x) {
            const std::size_t n = row * t.columns + chunk * C::lanes;
            if (n + C::lanes <= first || n >= first + count) return;
            store_within(x.re, n, first, count, real);
            if (imaginary) store_within(x.im, n, first, count, imaginary);
        };
        small_inverse<C>(t.rows, t.column_powers, Tile<C, T>{tile}, get, put);
    }
}

}  // namespace detail

template <class Arch, class Sample>
void LaneForward::operator()(Arch, const LaneFftTables<Sample>* tables, const Sample* real, const Sample* imaginary,
                             Sample* spectrum, Sample* work, Sample* tile) {
    using C = detail::LaneComplex<Sample, Arch>;
    detail::forward_columns<C>(*tables, real, imaginary, work, tile);
    detail::forward_rows<C>(*tables, static_cast<const Sample*>(work), spectrum, tile);
}

template <class Arch, class Sample>
void LaneSumProducts::operator()(Arch, const LaneFftTables<Sample>* tables, std::size_t pair,
                                 const LaneResponse<Sample>* responses, std::size_t count, const Sample* const* signals,
                                 std::size_t blocks, Sample* sums) {
    using C = detail::LaneComplex<Sample, Arch>;
    if (pair == 0)
        detail::sum_products<true, C>(*tables, pair, responses, count, signals, blocks, sums);
    else
        detail::sum_products<false, C>(*tables, pair, responses, count, signals, blocks, sums);
}

template <class Arch, class Sample>
void LaneInverseRows::operator()(Arch, const LaneFftTables<Sample>* tables, std::size_t pair, Sample* sums,
                                 Sample* work) {
    detail::inverse_rows<detail::LaneComplex<Sample, Arch>>(*tables, pair, sums, work);
}

template <class Arch, class Sample>
void LaneInverseColumns::operator()(Arch, const LaneFftTables<Sample>* tables, const Sample* work, std::size_t first,
                                    std::size_t count, Sample* real, Sample* imaginary, Sample* tile) {
    detail::inverse_columns<detail::LaneComplex<Sample, Arch>>(*tables, work, first, count, real, imaginary, tile);
}

}  // namespace lathe
