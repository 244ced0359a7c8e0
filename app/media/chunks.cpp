// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/chunks.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lathe {
namespace {

constexpr std::size_t most_chunks = 4096;
constexpr std::int64_t open_size_32 = 0xFFFFFFFF;  // RF64: see ds64; a stream: to the end

/// How a family of files writes its chunks.
struct Layout {
    std::int64_t first;      ///< where the first chunk's header starts
    int id_bytes;            ///< of the chunk's name, of which four are kept
    int size_bytes;          ///< of its size
    bool big_endian;         ///< of its size
    bool header_counted;     ///< its size covers its header too
    std::int64_t alignment;  ///< of the next chunk's start
};

std::uint64_t integer(const unsigned char* bytes, int count, bool big_endian) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | bytes[big_endian ? i : count - 1 - i];
    return value;
}

std::string text_at(const InputFile& file, std::int64_t offset) {
    std::array<char, 4> id{};
    return {id.data(), file.read(offset, id.data(), id.size())};
}

std::optional<Layout> layout_of(const InputFile& file) {
    const std::string magic = text_at(file, 0);
    if (magic == "RIFF" || magic == "RF64" || magic == "BW64") return Layout{12, 4, 4, false, false, 2};
    if (magic == "RIFX" || magic == "FORM") return Layout{12, 4, 4, true, false, 2};
    if (magic == "caff") return Layout{8, 4, 8, true, false, 1};
    if (magic == "riff") return Layout{40, 16, 8, false, true, 8};
    return std::nullopt;
}

bool printable(const std::string& id) {
    return id.size() == 4 && std::all_of(id.begin(), id.end(), [](char c) { return c >= 32 && c < 127; });
}

/// The data chunk's size from the ds64 chunk of RF64 and BW64.
std::int64_t data_size_of_ds64(const InputFile& file, const std::vector<Chunk>& chunks) {
    std::array<unsigned char, 8> size{};
    const Chunk* ds64 = find_chunk(chunks, "ds64");
    if (ds64 == nullptr || file.read(ds64->start + 8, size.data(), size.size()) != size.size()) return -1;
    return static_cast<std::int64_t>(integer(size.data(), 8, false));
}

}  // namespace

std::optional<std::vector<Chunk>> read_chunks(const InputFile& file) {
    const auto layout = layout_of(file);
    if (!layout) return std::nullopt;
    const int header_bytes = layout->id_bytes + layout->size_bytes;
    std::vector<Chunk> chunks;
    for (std::int64_t at = layout->first; chunks.size() < most_chunks;) {
        std::array<unsigned char, 24> header{};
        if (file.read(at, header.data(), static_cast<std::size_t>(header_bytes)) !=
            static_cast<std::size_t>(header_bytes))
            break;
        Chunk chunk{{reinterpret_cast<const char*>(header.data()), 4}, at + header_bytes, 0};
        if (!printable(chunk.id)) break;
        chunk.size = static_cast<std::int64_t>(
            integer(&header[static_cast<std::size_t>(layout->id_bytes)], layout->size_bytes, layout->big_endian));
        if (layout->header_counted) chunk.size -= header_bytes;
        if (layout->size_bytes == 4 && chunk.size == open_size_32) chunk.size = data_size_of_ds64(file, chunks);
        chunks.push_back(chunk);
        if (chunk.size < 0 || chunk.size > file.size() - chunk.start) break;
        at = (chunk.start + chunk.size + layout->alignment - 1) / layout->alignment * layout->alignment;
    }
    return chunks;
}

const Chunk* find_chunk(const std::vector<Chunk>& chunks, const std::string& id) {
    const auto found = std::find_if(chunks.begin(), chunks.end(), [&](const Chunk& c) { return c.id == id; });
    return found == chunks.end() ? nullptr : &*found;
}

std::optional<DataExtent> data_extent(const InputFile& file) {
    const auto chunks = read_chunks(file);
    if (!chunks) return std::nullopt;
    const bool aiff = find_chunk(*chunks, "SSND") != nullptr;
    const Chunk* data = find_chunk(*chunks, aiff ? "SSND" : "data");
    if (data == nullptr) {
        const bool header_whole = !chunks->empty() && chunks->back().start + chunks->back().size <= file.size();
        return DataExtent{0, 0, header_whole};
    }
    if (data->size < 0) return std::nullopt;
    const std::int64_t lead = aiff ? 8 : text_at(file, 0) == "caff" ? 4 : 0;  // AIFF: offset and block; CAF: edit count
    return DataExtent{data->size - lead, std::max<std::int64_t>(0, file.size() - data->start - lead), true};
}

}  // namespace lathe
