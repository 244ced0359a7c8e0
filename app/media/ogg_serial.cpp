// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/ogg_serial.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <numeric>

#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr std::size_t header_bytes = 27, serial_at = 14, checksum_at = 22, segments_at = 26;
constexpr std::size_t longest_page = header_bytes + 255 + 255 * 255;

/// CRC-32 with polynomial 0x04c11db7, start 0, no reflection, no final inversion.
constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t r = i << 24;
        for (int bit = 0; bit < 8; ++bit) r = r << 1 ^ (r >> 31 != 0 ? 0x04c11db7u : 0u);
        table[i] = r;
    }
    return table;
}
constexpr auto table = make_table();

std::uint32_t checksum(const unsigned char* bytes, std::size_t count) {
    std::uint32_t crc = 0;
    for (std::size_t i = 0; i < count; ++i) crc = crc << 8 ^ table[crc >> 24 ^ bytes[i]];
    return crc;
}

void put(unsigned char* at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) at[i] = static_cast<unsigned char>(value >> (8 * i));
}

/// Bytes of the page at the front of what was read; 0 if there is none.
std::size_t page_bytes(const unsigned char* bytes, std::size_t count) {
    if (count < header_bytes || std::memcmp(bytes, "OggS", 4) != 0) return 0;
    const std::size_t segments = bytes[segments_at], head = header_bytes + segments;
    if (count < head) return 0;
    const std::size_t whole = std::accumulate(bytes + header_bytes, bytes + head, head);
    return whole <= count ? whole : 0;
}

}  // namespace

void set_ogg_serial(OutputFile& file, std::uint32_t serial) {
    std::array<unsigned char, longest_page> page{};
    for (std::int64_t at = 0; at < file.size() && !file.failed();) {
        const std::size_t bytes = page_bytes(page.data(), file.read(at, page.data(), page.size()));
        if (bytes == 0) break;
        put(&page[serial_at], serial);
        put(&page[checksum_at], 0);
        put(&page[checksum_at], checksum(page.data(), bytes));
        file.write(at, page.data(), header_bytes);
        at += static_cast<std::int64_t>(bytes);
        if (at == file.size()) return;
    }
    file.check();
    throw SystemError(fmt::format("{}: what was written is not an Ogg stream", file.target().string()));
}

}  // namespace lathe
