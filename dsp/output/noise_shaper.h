// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/random.h"

namespace lathe {

/// Quantises with TPDF dither and error feedback: v = x − Σ c_k e[n − k], y = round(v + d), e = y − v. Serial: frames
/// come in order from frame 0, before which the errors are zero. Clipping stays outside the loop, so that an over does
/// not shake it.
class NoiseShaper {
public:
    /// filter: as shaping_filter() gives it; seeds: one a channel.
    NoiseShaper(int bits, std::span<const double> filter, std::vector<CounterRandom> seeds);
    Frames next_frame() const { return next_; }
    /// out: interleaved, left-justified in 32 bits. Returns how many samples were clipped.
    template <class Sample>
    Frames quantise(AudioView<const Sample> in, std::int32_t* out);

private:
    template <int Count, class Sample>
    Frames quantise_channels(int first, AudioView<const Sample> in, std::int32_t* out);

    int bits_;
    std::vector<double> filter_;  ///< the oldest error's coefficient first
    std::vector<CounterRandom> random_;
    std::vector<double>
        errors_;  ///< [channels][taps + a piece], oldest first: those before the frames being done, then theirs
    Frames next_ = 0;
};

}  // namespace lathe
