// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/quantise.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "dsp/core/error.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/quantise.h"

namespace lathe {
namespace {
constexpr Frames piece = 512;

/// One channel's integers into their places between the others'.
template <int Channels>
void interleave(const std::int32_t* planar, Frames frames, std::int32_t* out) {
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < Channels; ++c) out[n * Channels + c] = planar[c * piece + n];
}
}  // namespace

Quantiser::Quantiser(int bits, DitherKind dither, double rate, std::uint64_t seed, int channels)
    : bits_(bits), dither_(dither == DitherKind::off ? 0 : 1) {
    if (bits != 16 && bits != 24 && bits != 32)
        throw BadSetting(fmt::format("cannot quantise to {} bits; use 16, 24 or 32", bits));
    const CounterRandom of_channel(seed);
    for (int c = 0; c < channels; ++c) seeds_.push_back(of_channel.bits(static_cast<std::uint64_t>(c)));
    const auto filter = shaping_filter(rate);
    if (dither == DitherKind::shaped && !filter.empty())
        shaper_.emplace(bits, filter, std::vector<CounterRandom>(seeds_.begin(), seeds_.end()));
}

Frames Quantiser::quantise(AudioView<const float> in, Frames first_frame, std::int32_t* out) {
    return quantise_any(in, first_frame, out);
}
Frames Quantiser::quantise(AudioView<const double> in, Frames first_frame, std::int32_t* out) {
    return quantise_any(in, first_frame, out);
}

template <class Sample>
Frames Quantiser::quantise_any(AudioView<const Sample> in, Frames first_frame, std::int32_t* out) {
    assert(in.channels == static_cast<int>(seeds_.size()));
    if (shaper_) {
        if (shaper_->next_frame() != first_frame)
            throw std::logic_error("shaped dither takes frames in order from the first");
        return shaper_->quantise(in, out);
    }
    alignas(64) std::int32_t planar[2 * piece];
    Frames clipped = 0;
    for (Frames at = 0; at < in.frames; at += piece) {
        const Frames count = std::min(piece, in.frames - at);
        const auto quantise_channel = [&](int c, std::int32_t* integers) {
            clipped +=
                run_kernel<QuantiseSamples>(QuantiseSettings{bits_, dither_, seeds_[static_cast<std::size_t>(c)]},
                                            static_cast<std::uint64_t>(first_frame + at), in.channel(c) + at, integers,
                                            static_cast<std::size_t>(count));
        };
        std::int32_t* target = out + at * in.channels;
        if (in.channels == 2) {
            quantise_channel(0, planar);
            quantise_channel(1, planar + piece);
            interleave<2>(planar, count, target);
            continue;
        }
        for (int c = 0; c < in.channels; ++c) {
            quantise_channel(c, planar);
            for (Frames n = 0; n < count; ++n) target[n * in.channels + c] = planar[n];
        }
    }
    return clipped;
}

bool fits_depth(const std::int32_t* left_justified, std::size_t count, int bits) {
    const std::uint32_t below = bits >= 32 ? 0 : ~std::uint32_t{0} >> bits;
    std::uint32_t used = 0;
    for (std::size_t i = 0; i < count; ++i) used |= static_cast<std::uint32_t>(left_justified[i]);
    return (used & below) == 0;
}

}  // namespace lathe
