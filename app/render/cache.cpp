// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

namespace lathe {
namespace {

namespace fs = std::filesystem;

/// An entry ends with this, behind its record.
struct Trailer {
    std::uint64_t record_bytes = 0, checksum = 0;
    char mark[8] = {'l', 'a', 't', 'h', 'e', '-', '1', '\n'};
};

std::uint64_t checksum_of(std::string_view record) { return XXH3_64bits(record.data(), record.size()); }

bool write_all(int file, std::int64_t offset, const void* bytes, std::size_t count) {
    const char* from = static_cast<const char*>(bytes);
    while (count > 0) {
        const ssize_t written = ::pwrite(file, from, count, offset);
        if (written <= 0) return false;
        from += written;
        offset += written;
        count -= static_cast<std::size_t>(written);
    }
    return true;
}

bool read_all(int file, std::int64_t offset, void* bytes, std::size_t count) {
    char* to = static_cast<char*>(bytes);
    while (count > 0) {
        const ssize_t got = ::pread(file, to, count, offset);
        if (got <= 0) return false;
        to += got;
        offset += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

/// Hidden names: an entry between its making and its naming.
fs::path passing_name(const fs::path& folder) {
    static std::atomic<int> count{0};
    return folder / fmt::format(".{}-{}", ::getpid(), ++count);
}

std::optional<CacheEntry> read_entry(FileHandle file) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return {};
    const auto size = static_cast<std::int64_t>(status.st_size), trailer_at = size - std::int64_t{sizeof(Trailer)};
    Trailer trailer;
    const Trailer right;
    if (trailer_at < 0 || !read_all(file.get(), trailer_at, &trailer, sizeof trailer)) return {};
    if (std::memcmp(trailer.mark, right.mark, sizeof right.mark) != 0) return {};
    if (trailer.record_bytes > static_cast<std::uint64_t>(trailer_at)) return {};
    CacheEntry entry;
    entry.payload_bytes = trailer_at - static_cast<std::int64_t>(trailer.record_bytes);
    entry.record.resize(trailer.record_bytes);
    if (!read_all(file.get(), entry.payload_bytes, entry.record.data(), entry.record.size())) return {};
    if (checksum_of(entry.record) != trailer.checksum) return {};
    entry.file = std::move(file);
    return entry;
}

}  // namespace

FileHandle::~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

fs::path Cache::path_of(const std::string& key) const { return folder_ / key.substr(0, 2) / key; }

std::optional<CacheEntry> Cache::find(const std::string& key) const {
    if (!is_on()) return {};
    FileHandle file(::open(path_of(key).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return {};
    ::futimens(file.get(), nullptr);  // used now
    std::optional<CacheEntry> entry = read_entry(std::move(file));
    if (!entry) ::unlink(path_of(key).c_str());
    return entry;
}

FileHandle Cache::draft() const {
    if (!is_on()) return {};
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    return FileHandle(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
}

void Cache::keep(const FileHandle& draft, std::int64_t payload_bytes, const std::string& key,
                 std::string_view record) const {
    if (!draft) return;
    Trailer trailer;
    trailer.record_bytes = record.size();
    trailer.checksum = checksum_of(record);
    const auto record_end = payload_bytes + static_cast<std::int64_t>(record.size());
    if (!write_all(draft.get(), payload_bytes, record.data(), record.size())) return;
    if (!write_all(draft.get(), record_end, &trailer, sizeof trailer)) return;
    std::error_code ignored;
    fs::create_directories(path_of(key).parent_path(), ignored);
    const fs::path passing = passing_name(folder_);
    if (::linkat(AT_FDCWD, fmt::format("/proc/self/fd/{}", draft.get()).c_str(), AT_FDCWD, passing.c_str(),
                 AT_SYMLINK_FOLLOW) != 0)
        return;
    if (::rename(passing.c_str(), path_of(key).c_str()) != 0) ::unlink(passing.c_str());
}

void Cache::keep(const std::string& key, std::string_view record) const { keep(draft(), 0, key, record); }

void Cache::trim() const {
    if (!is_on()) return;
    const FileHandle lock(::open((folder_ / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return;
    struct Kept {
        fs::path path;
        std::int64_t bytes;
        fs::file_time_type used;
    };
    std::vector<Kept> entries;
    std::int64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
        std::error_code gone;
        if (!at->is_regular_file(gone) || at->path().filename().string().starts_with(".")) continue;
        const auto size = static_cast<std::int64_t>(at->file_size(gone));
        const fs::file_time_type used = at->last_write_time(gone);
        if (gone) continue;
        entries.push_back({at->path(), size, used});
        bytes += size;
    }
    std::sort(entries.begin(), entries.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
    for (const Kept& entry : entries) {
        if (bytes <= limit_bytes_) return;
        if (::unlink(entry.path.c_str()) == 0) bytes -= entry.bytes;
    }
}

}  // namespace lathe
