// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace lathe {

/// What tells a file from another of the same name without reading it.
struct FileState {
    std::int64_t bytes = -1, changed_ns = 0;
    bool operator==(const FileState&) const = default;
};
/// bytes −1: there is no such file.
FileState state_of(const std::filesystem::path& path);
/// Throws InputError if the file is no longer as it was when it was first looked at: what was read of it since, and
/// what is told of it, are not of one file.
void check_unchanged(const std::filesystem::path& path, const FileState& before);

}  // namespace lathe
