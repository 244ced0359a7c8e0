// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

/// What tests do with a cache's folder.
namespace lathe::test {

inline constexpr std::int64_t roomy = std::int64_t{1} << 40;  ///< a limit that nothing comes to

/// The files of the entries.
inline std::vector<std::filesystem::path> entries(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> list;
    if (!std::filesystem::exists(folder)) return list;
    for (const auto& at : std::filesystem::recursive_directory_iterator(folder))
        if (at.is_regular_file() && at.path().filename() != ".lock") list.push_back(at.path());
    return list;
}

inline void flip_byte(const std::filesystem::path& path, std::streamoff offset) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(offset);
    file.put(byte);
}

}  // namespace lathe::test
