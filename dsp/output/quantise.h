// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/output/dither.h"
#include "dsp/output/noise_shaper.h"

namespace lathe {

/// Turns samples into integers of 16, 24 or 32 bits: scaled by 2^(bits − 1), dithered, rounded half to even, clipped. A
/// sample that came from such an integer becomes it again (dither off). The dither of a frame follows from seed,
/// channel and frame alone; shaped dither also from all frames before. Source: Lipshitz, Wannamaker, Vanderkooy,
/// Quantization and Dither: A Theoretical Survey, JAES 40 (5), 1992.
class Quantiser {
public:
    /// Throws BadSetting for another depth.
    Quantiser(int bits, DitherKind dither, double rate, std::uint64_t seed, int channels);
    /// Frames in any order, and from several threads at once; not so where is_serial(), which takes them in order from
    /// frame 0. out: interleaved, left-justified in 32 bits, as libsndfile's sf_writef_int takes it. Returns how many
    /// samples were clipped.
    Frames quantise(AudioView<const float> in, Frames first_frame, std::int32_t* out);
    Frames quantise(AudioView<const double> in, Frames first_frame, std::int32_t* out);
    bool is_serial() const { return shaper_.has_value(); }

private:
    template <class Sample>
    Frames quantise_any(AudioView<const Sample> in, Frames first_frame, std::int32_t* out);

    int bits_;
    double dither_;
    std::vector<std::uint64_t> seeds_;  ///< one a channel
    std::optional<NoiseShaper> shaper_;
};

/// Whether every integer, left-justified in 32 bits, is one of that depth: it can then be stored in it untouched.
bool fits_depth(const std::int32_t* left_justified, std::size_t count, int bits);

}  // namespace lathe
