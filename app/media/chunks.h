// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/media/input_file.h"

namespace lathe {

/// A chunk of a RIFF, RF64, BW64, AIFF, CAF or W64 file.
struct Chunk {
    std::string id;          ///< four characters (W64: the first four of its GUID)
    std::int64_t start = 0;  ///< of its content
    std::int64_t size = 0;   ///< of its content, as the file says; −1: to the end of the file
};

/// The chunks of a file, as far as they can be followed; nothing for other kinds of file. The last may reach past the
/// end.
std::optional<std::vector<Chunk>> read_chunks(const InputFile& file);

/// The first chunk of that name, or null.
const Chunk* find_chunk(const std::vector<Chunk>& chunks, const std::string& id);

/// The audio bytes that a file's header promises and those that it holds.
struct DataExtent {
    std::int64_t promised = 0, held = 0;
    bool header_whole = true;  ///< false: the file ends before its audio starts
    bool cut_short() const { return !header_whole || held < promised; }
};
/// Nothing for a file without chunks, and for one whose length is left open.
std::optional<DataExtent> data_extent(const InputFile& file);

}  // namespace lathe
