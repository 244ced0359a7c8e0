// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/noise_shaper.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe {
namespace {
constexpr Frames piece = 1024;
constexpr double to_integer = 0x1.8p52;  // added and taken away again, rounds half to even up to 2^51
}  // namespace

NoiseShaper::NoiseShaper(int bits, std::span<const double> filter, std::vector<CounterRandom> seeds)
    : bits_(bits),
      filter_(filter.rbegin(), filter.rend()),
      random_(std::move(seeds)),
      errors_((filter.size() + piece) * random_.size()) {}

template <class Sample>
Frames NoiseShaper::quantise(AudioView<const Sample> in, std::int32_t* out) {
    Frames clipped = 0;
    for (Frames at = 0; at < in.frames; at += piece) {
        const auto part = in.slice(at, std::min(piece, in.frames - at));
        std::int32_t* target = out + at * in.channels;
        int c = 0;
        for (; c + 2 <= in.channels; c += 2) clipped += quantise_channels<2>(c, part, target);
        if (c < in.channels) clipped += quantise_channels<1>(c, part, target);
        next_ += part.frames;
    }
    return clipped;
}

/// Two channels are taken together so that one's recursion runs in the other's waiting time.
template <int Count, class Sample>
Frames NoiseShaper::quantise_channels(int first, AudioView<const Sample> in, std::int32_t* out) {
    const std::size_t taps = filter_.size(), stride = taps + piece;
    const double scale = std::ldexp(1.0, bits_ - 1), lowest = -scale, highest = scale - 1;
    const Sample* x[Count];
    double* errors[Count];
    for (int c = 0; c < Count; ++c) {
        x[c] = in.channel(first + c);
        errors[c] = errors_.data() + static_cast<std::size_t>(first + c) * stride;
    }
    Frames clipped = 0;
    for (Frames n = 0; n < in.frames; ++n) {
        for (int c = 0; c < Count; ++c) {
            double feedback = 0;
            for (std::size_t k = 0; k < taps; ++k) feedback += filter_[k] * errors[c][static_cast<std::size_t>(n) + k];
            const std::uint64_t bits =
                random_[static_cast<std::size_t>(first + c)].bits(static_cast<std::uint64_t>(next_ + n));
            const double u1 = static_cast<std::int32_t>(bits >> 32), u2 = static_cast<std::int32_t>(bits);
            const double v = static_cast<double>(x[c][n]) * scale - feedback;
            const double y = (v + 0x1p-32 * (u1 + u2 + 1) + to_integer) - to_integer;
            errors[c][taps + static_cast<std::size_t>(n)] = y - v;
            const double within = std::clamp(y, lowest, highest);
            clipped += within != y;
            out[n * in.channels + first + c] = static_cast<std::int32_t>(
                static_cast<std::uint32_t>(static_cast<std::int32_t>(within)) << (32 - bits_));
        }
    }
    for (int c = 0; c < Count; ++c) std::copy_n(errors[c] + in.frames, taps, errors[c]);
    return clipped;
}

template Frames NoiseShaper::quantise<float>(AudioView<const float>, std::int32_t*);
template Frames NoiseShaper::quantise<double>(AudioView<const double>, std::int32_t*);

}  // namespace lathe
