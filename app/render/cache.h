// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lathe {

/// How much of what runs keep stays on the disk, in units of 10⁹ bytes.
inline constexpr double default_cache_limit_gb = 10;

/// An open file, closed with this.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    ~FileHandle();
    FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    int get() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

/// What was kept under a key: a record, and perhaps a payload in front of it, in a file that stays readable even if the
/// entry is removed meanwhile.
struct CacheEntry {
    std::string record;  ///< as it was kept: its checksum held
    FileHandle file;     ///< the payload's first byte is at 0; whoever wrote it checks it
    std::int64_t payload_bytes = 0;
};

/// What renders keep for each other on the disk, by content address: an entry follows from its key, so it is never
/// changed, and losing it costs time alone. Several processes may use one folder; one that is killed leaves no half
/// entry. No folder: nothing is kept and nothing found.
class Cache {
public:
    Cache() = default;
    /// folder: made when first needed. limit_bytes: trim() leaves no more.
    Cache(std::filesystem::path folder, std::int64_t limit_bytes)
        : folder_(std::move(folder)), limit_bytes_(limit_bytes) {}

    bool is_on() const { return !folder_.empty(); }
    /// Nothing: never kept, gone, or damaged (then it is removed).
    std::optional<CacheEntry> find(const std::string& key) const;

    /// A nameless file in the cache's folder, to write a payload to; it is gone with its handle unless it is kept. No
    /// handle where that cannot be made.
    FileHandle draft() const;
    /// Ends a draft with its record and gives it its name; the draft can still be read. A full or read-only disk keeps
    /// nothing, and says nothing: the render has what it needs.
    void keep(const FileHandle& draft, std::int64_t payload_bytes, const std::string& key,
              std::string_view record) const;
    /// A record alone.
    void keep(const std::string& key, std::string_view record) const;

    /// Removes what was not used for the longest time until the limit is met. Left to the other one if another process
    /// is at it.
    void trim() const;

private:
    std::filesystem::path path_of(const std::string& key) const;

    std::filesystem::path folder_;
    std::int64_t limit_bytes_ = 0;
};

}  // namespace lathe
