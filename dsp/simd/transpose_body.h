// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>

#include "dsp/simd/isa.h"

namespace lathe::detail {

/// Of two vectors of n lanes, lane k of the interleaved first or second half: a0 b0 a1 b1 …
constexpr int interleaved_lane(std::size_t k, std::size_t n, bool second) {
    const std::size_t pair = k / 2 + (second ? n / 2 : 0);
    return static_cast<int>(k % 2 == 0 ? pair : n + pair);
}

template <bool second, class Batch, std::size_t... Lane>
[[gnu::always_inline]] inline Batch interleave(const Batch& a, const Batch& b, std::index_sequence<Lane...>) {
    using Register = typename Batch::register_type;
    const Register x = a, y = b;
    return Batch(Register(__builtin_shufflevector(x, y, interleaved_lane(Lane, Batch::size, second)...)));
}

/// A square of as many vectors as each has lanes: vector i's lane j and vector j's lane i change places.
/// One round interleaves the first half of the vectors with the second; after log2(lanes) rounds rows are columns.
template <class Batch>
[[gnu::always_inline]] inline void transpose(Batch (&square)[Batch::size]) {
    constexpr std::size_t n = Batch::size;
    constexpr auto lanes = std::make_index_sequence<n>();
    for (std::size_t rounds = n; rounds > 1; rounds /= 2) {
        Batch next[n];
        for (std::size_t i = 0; i < n / 2; ++i) {
            next[2 * i] = interleave<false>(square[i], square[i + n / 2], lanes);
            next[2 * i + 1] = interleave<true>(square[i], square[i + n / 2], lanes);
        }
        for (std::size_t i = 0; i < n; ++i) square[i] = next[i];
    }
}

}  // namespace lathe::detail
