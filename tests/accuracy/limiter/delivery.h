// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/render/delivery_stream.h"
#include "dsp/dynamics/limiter_settings.h"

/// Audio on the way that a render takes it: limiter, rate, ceiling, dither, integers.
namespace lathe::test {

AudioBuffer<float> limited(const AudioBuffer<float>& audio, const LimiterSettings& settings, double ceiling_db,
                           double rate);

/// As the stream hands it out: integers of its depth, full scale 1.
AudioBuffer<float> delivered(const AudioBuffer<float>& audio, double rate, const StreamFormat& format);

StreamFormat stream_format(int bits, double rate, double ceiling_db, DitherKind dither = DitherKind::tpdf);

}  // namespace lathe::test
