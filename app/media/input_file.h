// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace lathe {

/// A file open for reading, read by position.
class InputFile {
public:
    /// Throws InputError, naming path, if it is missing, a folder, not a plain file, or may not be read.
    explicit InputFile(std::filesystem::path path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    int descriptor() const { return descriptor_; }
    std::int64_t size() const { return size_; }
    /// Returns the bytes read: fewer than count only at the end. Throws SystemError if the disk fails.
    std::size_t read(std::int64_t offset, void* bytes, std::size_t count) const;

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
};

}  // namespace lathe
