// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace lathe {

/// A file that is being made: written under temporary_beside(target), moved to target by commit(), removed otherwise.
/// Written by position, because headers are completed last. The first failure is remembered and makes all later calls
/// do nothing, so that C libraries can call write() and check() throws afterwards.
class OutputFile {
public:
    /// Creates the temporary file. Throws SystemError naming target.
    explicit OutputFile(std::filesystem::path target);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    const std::filesystem::path& target() const { return target_; }
    const std::filesystem::path& temporary() const { return temporary_; }
    std::int64_t size() const { return size_; }

    /// Writes all of it or fails. True if it was written.
    bool write(std::int64_t offset, const void* bytes, std::size_t count);
    /// Returns the bytes read: fewer than count only at the end.
    std::size_t read(std::int64_t offset, void* bytes, std::size_t count);
    /// Puts bytes in place of `replaced` bytes at offset; what follows moves.
    void splice(std::int64_t offset, std::string_view bytes, std::int64_t replaced);
    void truncate(std::int64_t size);

    bool failed() const { return error_ != 0; }
    /// Throws SystemError with the file's name and the system's words if anything failed.
    void check() const;
    /// Flushes to the disk, moves into place, flushes the folder. Throws SystemError.
    void commit();

private:
    void fail();
    bool move_within(std::int64_t from, std::int64_t to, std::int64_t count);

    std::filesystem::path target_, temporary_;
    int descriptor_ = -1;
    int error_ = 0;
    std::int64_t size_ = 0;
};

}  // namespace lathe
