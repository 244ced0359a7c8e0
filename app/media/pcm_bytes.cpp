// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/pcm_bytes.h"

#include <bit>

#include "dsp/simd/isa.h"
#include "dsp/simd/triples.h"

namespace lathe {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are hashed as they lie in memory");

template <int bytes>
void pack(const std::int32_t* in, std::int64_t count, unsigned char* out) {
    for (std::int64_t i = 0; i < count; ++i) {
        const auto bits = static_cast<std::uint32_t>(in[i]);
        for (int b = 0; b < bytes; ++b) out[i * bytes + b] = static_cast<unsigned char>(bits >> (8 * (4 - bytes + b)));
    }
}

}  // namespace

int bytes_of_sample(SampleFormat format) { return format == SampleFormat::lossy ? 4 : bits_of(format) / 8; }

void pack_integers(const std::int32_t* in, std::int64_t count, int bytes, unsigned char* out) {
    switch (bytes) {
        case 1:
            return pack<1>(in, count, out);
        case 2:
            return pack<2>(in, count, out);
        case 3:
            return run_kernel<PackTriples>(in, out, static_cast<std::size_t>(count));
        default:
            return pack<4>(in, count, out);
    }
}

void AudioHash::add(const std::int32_t* interleaved, std::int64_t count) {
    const int bytes = bytes_of_sample(format_);
    bytes_.resize(static_cast<std::size_t>(count * bytes));
    pack_integers(interleaved, count, bytes, bytes_.data());
    sha_.add(bytes_.data(), bytes_.size());
}

void AudioHash::add(const float* interleaved, std::int64_t count) {
    sha_.add(interleaved, static_cast<std::size_t>(count) * sizeof(float));
}

void AudioHash::add(const double* interleaved, std::int64_t count) {
    sha_.add(interleaved, static_cast<std::size_t>(count) * sizeof(double));
}

}  // namespace lathe
