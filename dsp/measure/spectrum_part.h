// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "dsp/core/audio_queue.h"

namespace lathe {

/// What is looked at: the powers of all channels together, or one of a stereo pair's parts.
enum class SpectrumPart { sum, left, right, mid, side };
inline constexpr std::array<std::string_view, 5> spectrum_parts{"sum", "left", "right", "mid", "side"};

/// How many channels the part is looked at in. Throws BadSetting for one that the programme's channels do not have.
int part_channels(SpectrumPart part, int channels);
/// Appends the part of that audio.
void append_part(SpectrumPart part, AudioView<const float> audio, AudioQueue<float>& queue);

}  // namespace lathe
