// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/isa.h"
#include "dsp/simd/triples.h"

namespace lathe {
namespace detail {

using Bytes [[gnu::vector_size(16)]] = unsigned char;

// Four samples lie in twelve of sixteen bytes; the four bytes behind belong to a fifth and a sixth, which must be
// there.
constexpr std::size_t triples_at_once = 4, triples_touched = 6;

}  // namespace detail

template <class Arch>
void UnpackTriples::operator()(Arch, const unsigned char* in, std::int32_t* out, std::size_t n) {
    std::size_t i = 0;
    for (; i + detail::triples_touched <= n; i += detail::triples_at_once) {
        detail::Bytes bytes;
        __builtin_memcpy(&bytes, in + 3 * i, sizeof bytes);
        bytes = __builtin_shufflevector(bytes, detail::Bytes{}, 16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
        __builtin_memcpy(out + i, &bytes, sizeof bytes);
    }
    for (; i < n; ++i) {
        const std::uint32_t low = in[3 * i], middle = in[3 * i + 1], high = in[3 * i + 2];
        out[i] = static_cast<std::int32_t>(low << 8 | middle << 16 | high << 24);
    }
}

template <class Arch>
void PackTriples::operator()(Arch, const std::int32_t* in, unsigned char* out, std::size_t n) {
    std::size_t i = 0;
    for (; i + detail::triples_touched <= n; i += detail::triples_at_once) {
        detail::Bytes bytes;
        __builtin_memcpy(&bytes, in + i, sizeof bytes);
        bytes =
            __builtin_shufflevector(bytes, detail::Bytes{}, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 16, 16, 16, 16);
        __builtin_memcpy(out + 3 * i, &bytes, sizeof bytes);
    }
    for (; i < n; ++i)
        for (std::size_t b = 0; b < 3; ++b)
            out[3 * i + b] = static_cast<unsigned char>(static_cast<std::uint32_t>(in[i]) >> (8 * (b + 1)));
}

}  // namespace lathe
