// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_format.h"

#include <array>

namespace lathe {
namespace {

bool is_lossy(DeliverFormat format) {
    return format == DeliverFormat::mp3 || format == DeliverFormat::vorbis || format == DeliverFormat::opus;
}

}  // namespace

std::string extension_of(DeliverFormat format) {
    constexpr std::array<const char*, 6> extensions{".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus"};
    return extensions[static_cast<std::size_t>(format)];
}

SampleFormat sample_format_of(const DeliverSettings& settings) {
    if (is_lossy(settings.format)) return SampleFormat::lossy;
    if (!settings.bits.word.empty()) return SampleFormat::float32;
    return settings.bits.number == 16   ? SampleFormat::pcm16
           : settings.bits.number == 24 ? SampleFormat::pcm24
                                        : SampleFormat::pcm32;
}

int delivery_rate(const DeliverSettings& settings, int highest_source_rate) {
    constexpr int opus_rate = 48000;
    return settings.sample_rate.value_or(settings.format == DeliverFormat::opus ? opus_rate : highest_source_rate);
}

std::string bits_text(SampleFormat format) {
    if (format == SampleFormat::lossy) return "";
    return format == SampleFormat::float32 ? "float" : std::to_string(bits_of(format));
}

}  // namespace lathe
