// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/mpeg_length.h"

#include <array>
#include <cstring>

namespace lathe {
namespace {

constexpr std::int64_t longest_search = 1 << 16;  // bytes of rubbish before the first frame

/// One frame's header (ISO/IEC 11172-3, 2.4.1.3; 13818-3 and its extension to low rates), layer III.
struct MpegFrame {
    int bytes = 0, samples = 0, side_bytes = 0;
};

std::optional<MpegFrame> frame_at(const InputFile& file, std::int64_t at) {
    constexpr std::array full_kbps{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    constexpr std::array low_kbps{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    constexpr std::array rates{44100, 48000, 32000};
    std::array<unsigned char, 4> h{};
    if (file.read(at, h.data(), 4) != 4 || h[0] != 0xFF || (h[1] & 0xE6) != 0xE2) return std::nullopt;
    const int version = h[1] >> 3 & 3, kbps = h[2] >> 4, rate = h[2] >> 2 & 3;
    if (version == 1 || kbps == 0 || kbps == 15 || rate == 3) return std::nullopt;
    const bool full = version == 3, mono = h[3] >> 6 == 3;
    const auto i = static_cast<std::size_t>(kbps);
    const int hz = rates[static_cast<std::size_t>(rate)] >> (full ? 0 : version == 2 ? 1 : 2);
    const int bits_per_second = 1000 * (full ? full_kbps[i] : low_kbps[i]);
    return MpegFrame{(full ? 144 : 72) * bits_per_second / hz + (h[2] >> 1 & 1), full ? 1152 : 576,
                     full ? (mono ? 17 : 32) : (mono ? 9 : 17)};
}

std::int64_t big_endian_at(const InputFile& file, std::int64_t at) {
    std::array<unsigned char, 4> b{};
    file.read(at, b.data(), 4);
    return std::int64_t{b[0]} << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

bool text_at(const InputFile& file, std::int64_t at, const char* text) {
    std::array<char, 4> b{};
    return file.read(at, b.data(), std::strlen(text)) == std::strlen(text) &&
           std::memcmp(b.data(), text, std::strlen(text)) == 0;
}

std::int64_t after_id3(const InputFile& file) {
    if (!text_at(file, 0, "ID3")) return 0;
    const std::int64_t size = big_endian_at(file, 6);  // seven bits to a byte
    return 10 + ((size >> 24 & 127) << 21 | (size >> 16 & 127) << 14 | (size >> 8 & 127) << 7 | (size & 127));
}

/// A frame that another one follows.
std::optional<std::int64_t> first_frame(const InputFile& file) {
    const std::int64_t from = after_id3(file);
    for (std::int64_t at = from; at < from + longest_search && at < file.size(); ++at)
        if (const auto frame = frame_at(file, at); frame && frame_at(file, at + frame->bytes)) return at;
    return std::nullopt;
}

/// The bytes of the stream as its first frame gives them.
std::optional<std::int64_t> promised_bytes(const InputFile& file, std::int64_t first, const MpegFrame& frame) {
    const std::int64_t xing = first + 4 + frame.side_bytes, vbri = first + 4 + 32;
    if (text_at(file, xing, "Xing") || text_at(file, xing, "Info")) {
        const std::int64_t flags = big_endian_at(file, xing + 4);
        return (flags & 2) != 0 ? big_endian_at(file, xing + 8 + ((flags & 1) != 0 ? 4 : 0)) : 0;
    }
    if (text_at(file, vbri, "VBRI")) return big_endian_at(file, vbri + 10);
    return std::nullopt;
}

}  // namespace

std::optional<MpegLength> mpeg_length(const InputFile& file) {
    const bool plausible = text_at(file, 0, "ID3") || text_at(file, 0, "\xFF");
    const auto first = plausible ? first_frame(file) : std::nullopt;
    if (!first) return std::nullopt;
    if (const auto promised = promised_bytes(file, *first, *frame_at(file, *first)))
        return MpegLength{DataExtent{*promised, file.size() - *first, true}, 0};
    MpegLength length;
    std::int64_t at = *first;
    while (const auto frame = frame_at(file, at)) {
        at += frame->bytes;
        if (at <= file.size()) length.frames += frame->samples;
    }
    return length;
}

}  // namespace lathe
