// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <span>

#include "app/media/audio_file.h"

namespace lathe {
namespace {

/// What a container takes. Sources: RFC 9639 (FLAC), RFC 6716 (Opus), ISO/IEC 11172-3 (MP3), libvorbis' and LAME's
/// tables.
struct Limits {
    const char* name;
    int channels;
    std::vector<int> rates;  ///< Hz; empty: any
    std::vector<SampleFormat> formats;
};

const Limits& limits_of(Container container) {
    using enum SampleFormat;
    static const std::array<Limits, 6> all{{{"wav", 16, {}, {pcm16, pcm24, pcm32, float32}},
                                            {"aiff", 16, {}, {pcm16, pcm24, pcm32, float32}},
                                            {"flac", 8, {}, {pcm16, pcm24}},
                                            {"mp3", 2, {32000, 44100, 48000}, {}},
                                            {"vorbis", 2, {}, {}},
                                            {"opus", 2, {48000}, {}}}};
    return all[static_cast<std::size_t>(container)];
}

constexpr std::array mp3_kbps{32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

int nearest(std::span<const int> values, int wanted) {
    return *std::min_element(values.begin(), values.end(),
                             [&](int a, int b) { return std::abs(a - wanted) < std::abs(b - wanted); });
}

std::string name_of(SampleFormat format) {
    if (format == SampleFormat::float32) return "float";
    if (format == SampleFormat::float64) return "64-bit float";
    return fmt::format("{} bits", bits_of(format));
}

std::optional<std::string> why_not_bits(const Limits& limits, SampleFormat format) {
    const auto& formats = limits.formats;
    if (formats.empty() && format != SampleFormat::lossy)
        return fmt::format("{} has no bit depth; leave bits out", limits.name);
    if (formats.empty() || std::find(formats.begin(), formats.end(), format) != formats.end()) return std::nullopt;
    std::vector<std::string> names;
    for (const SampleFormat f : formats)
        names.push_back(f == SampleFormat::float32 ? "float" : std::to_string(bits_of(f)));
    const std::string last = names.back();
    names.pop_back();
    const bool deep = format == SampleFormat::lossy || bits_of(format) >= 24;
    return fmt::format("{} takes {} or {} bits{}; nearest: {}", limits.name, fmt::join(names, ", "), last,
                       format == SampleFormat::lossy ? "" : ", not " + name_of(format),
                       format == SampleFormat::float64 && formats.back() == SampleFormat::float32 ? "float"
                       : deep                                                                     ? "24"
                                                                                                  : "16");
}

std::optional<std::string> why_not_rate(const Limits& limits, int rate) {
    if (limits.rates.empty() || std::find(limits.rates.begin(), limits.rates.end(), rate) != limits.rates.end())
        return std::nullopt;
    return fmt::format("{} is delivered at {} Hz, not {}; nearest: {}", limits.name, fmt::join(limits.rates, ", "),
                       rate, nearest(limits.rates, rate));
}

std::optional<std::string> why_not_kbps(const WriteFormat& format, const char* name) {
    if (format.kbps == 0) return std::nullopt;
    if (format.container == Container::mp3 && nearest(mp3_kbps, format.kbps) != format.kbps)
        return fmt::format("mp3 takes {} kbps, not {}; nearest: {}", fmt::join(mp3_kbps, ", "), format.kbps,
                           nearest(mp3_kbps, format.kbps));
    if (format.container == Container::mp3) return std::nullopt;
    if (format.format != SampleFormat::lossy) return fmt::format("{} has no bit rate; leave kbps out", name);
    // libvorbis: its qualities 0 to 10, as audio_writer.cpp lists them; RFC 6716, 2.1.1: 6 to 510 kbps.
    const bool opus = format.container == Container::opus, mono = format.channels == 1;
    const int least = opus ? 6 * format.channels : mono ? 48 : 64;
    const int most = opus ? (mono ? 256 : 510) : mono ? 240 : 500;
    if (format.kbps >= least && format.kbps <= most) return std::nullopt;
    return fmt::format("{} takes {} to {} kbps for {} channel{}, not {}; nearest: {}", name, least, most,
                       format.channels, format.channels == 1 ? "" : "s", format.kbps,
                       std::clamp(format.kbps, least, most));
}

}  // namespace

bool is_integer(SampleFormat format) { return format <= SampleFormat::pcm32; }

int bits_of(SampleFormat format) {
    constexpr std::array bits{8, 16, 24, 32, 32, 64, 0};
    return bits[static_cast<std::size_t>(format)];
}

std::optional<std::string> why_not(const WriteFormat& format) {
    const Limits& limits = limits_of(format.container);
    if (format.channels < 1 || format.channels > limits.channels)
        return fmt::format("{} is written with 1 to {} channels, not {}; nearest: {}", limits.name, limits.channels,
                           format.channels, format.channels < 1 ? "1" : "wav");
    if (format.sample_rate < 8000 || format.sample_rate > 384000)
        return fmt::format("{} Hz: sample rates go from 8000 to 384000 Hz", format.sample_rate);
    if (auto reason = why_not_bits(limits, format.format)) return reason;
    if (auto reason = why_not_rate(limits, format.sample_rate)) return reason;
    return why_not_kbps(format, limits.name);
}

}  // namespace lathe
