// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrum_part.h"

#include <fmt/format.h>

#include "dsp/core/error.h"

namespace lathe {

int part_channels(SpectrumPart part, int channels) {
    if (part == SpectrumPart::sum) return channels;
    if (channels != 2)
        throw BadSetting(fmt::format("a spectrum of the {} needs two channels, not {}; take \"sum\"",
                                     spectrum_parts[static_cast<std::size_t>(part)], channels));
    return 1;
}

void append_part(SpectrumPart part, AudioView<const float> audio, AudioQueue<float>& queue) {
    if (part == SpectrumPart::sum) return queue.append(audio);
    float* const out = queue.extend(audio.frames).channel(0);
    const float *const left = audio.channel(0), *const right = audio.channel(1);
    for (Frames n = 0; n < audio.frames; ++n) switch (part) {
            case SpectrumPart::left:
                out[n] = left[n];
                break;
            case SpectrumPart::right:
                out[n] = right[n];
                break;
            case SpectrumPart::mid:
                out[n] = 0.5f * (left[n] + right[n]);
                break;
            default:
                out[n] = 0.5f * (left[n] - right[n]);
        }
}

}  // namespace lathe
