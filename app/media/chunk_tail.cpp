// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/chunk_tail.h"

#include <fmt/format.h>

#include <string>

#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr std::int64_t open_size = 0xFFFFFFFF;  // "look in ds64"
constexpr std::int64_t first_chunk_at = wav_room + 12;

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
    return text;
}
std::string big(std::uint64_t value) {
    const std::string text = little(value, 4);
    return {text.rbegin(), text.rend()};
}

/// A chunk starts at an even place: an odd end gets one byte of padding, before and after.
void append(OutputFile& file, std::string_view id, const std::string& size, std::string_view content) {
    std::string chunk(static_cast<std::size_t>(file.size() % 2), '\0');
    chunk.append(id).append(size).append(content);
    if (content.size() % 2 != 0) chunk.push_back('\0');
    file.write(file.size(), chunk.data(), chunk.size());
}
void append_little(OutputFile& file, std::string_view id, std::string_view content) {
    if (!content.empty()) append(file, id, little(content.size(), 4), content);
}

std::uint32_t little_at(OutputFile& file, std::int64_t offset) {
    unsigned char b[4] = {};
    file.read(offset, b, 4);
    return b[0] | std::uint32_t{b[1]} << 8 | std::uint32_t{b[2]} << 16 | std::uint32_t{b[3]} << 24;
}

/// Where the content of the data chunk starts; the chunks before it are short, their sizes true.
std::int64_t data_start(OutputFile& file) {
    for (std::int64_t at = first_chunk_at; at + 8 <= file.size() && !file.failed();) {
        if (little_at(file, at) == 0x61746164) return at + 8;  // "data"
        at += 8 + (std::int64_t{little_at(file, at + 4)} + 1) / 2 * 2;
    }
    file.check();
    throw SystemError(fmt::format("{}: what was written has no audio chunk", file.target().string()));
}

}  // namespace

void finish_wav(OutputFile& file, std::string_view info, std::string_view id3) {
    const std::int64_t start = data_start(file), data_end = file.size(), audio = data_end - start;
    append_little(file, "LIST", info);
    append_little(file, "id3 ", id3);
    if (file.size() % 2 != 0) file.write(file.size(), "", 1);
    const std::int64_t riff = file.size() - 8;
    const bool rf64 = riff >= open_size || audio >= open_size;
    std::string head = rf64 ? "RF64" : "RIFF";
    head += little(static_cast<std::uint64_t>(rf64 ? open_size : riff), 4);
    head += rf64 ? "WAVEds64" : "WAVEJUNK";
    head += little(28, 4);
    if (rf64) {
        const std::int64_t frame =
            little_at(file, first_chunk_at + 8 + 12) & 0xFFFF;  // block alignment, in the fmt chunk
        head += little(static_cast<std::uint64_t>(riff), 8) + little(static_cast<std::uint64_t>(audio), 8) +
                little(static_cast<std::uint64_t>(audio / frame), 8);
        file.write(start - 4, little(open_size, 4).data(), 4);
    }
    head.resize(static_cast<std::size_t>(first_chunk_at), '\0');
    file.write(0, head.data(), head.size());
}

void finish_aiff(OutputFile& file, std::string_view id3) {
    if (!id3.empty()) append(file, "ID3 ", big(id3.size()), id3);
    if (file.size() % 2 != 0) file.write(file.size(), "", 1);
    file.write(4, big(static_cast<std::uint64_t>(file.size() - 8)).data(), 4);
}

}  // namespace lathe
