// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace lathe {

/// The albums that were open, the last first: a file of paths, one a line.
class RecentAlbums {
public:
    explicit RecentAlbums(std::filesystem::path file);

    /// Those that still lie there, when the list was read or last added to.
    const std::vector<std::filesystem::path>& albums() const { return albums_; }
    /// An album is open now. Where the list cannot be written, it lasts until the program ends.
    void note(const std::filesystem::path& album);

private:
    static constexpr std::size_t most = 12;
    std::filesystem::path file_;
    std::vector<std::filesystem::path> albums_;
};

}  // namespace lathe
