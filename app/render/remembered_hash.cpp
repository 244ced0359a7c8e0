// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/remembered_hash.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>

#include "app/media/audio_file.h"
#include "app/render/key.h"

namespace lathe {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::system_clock::time_point;

/// What changes sooner after a change may bear the same time: FAT counts by 2 s.
constexpr auto time_to_settle = 4s;
/// What is shorter is read sooner than it is looked up.
constexpr std::int64_t least_bytes = 16 << 20;

/// What tells a file's content from its next one. Nobody can set the time of change back.
struct Identity {
    std::string text;
    Time changed;
};

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

/// Nothing: not to be remembered.
std::optional<Identity> identity_of(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < least_bytes) return {};
    const std::int64_t modified = nanoseconds(status.st_mtim), changed = nanoseconds(status.st_ctim);
    const std::chrono::nanoseconds last(std::max(modified, changed));
    return Identity{fmt::format("{} {} {} {} {}", status.st_dev, status.st_ino, status.st_size, modified, changed),
                    Time(std::chrono::duration_cast<Time::duration>(last))};
}

}  // namespace

std::string remembered_content_hash(const std::filesystem::path& path, const Cache& cache, Time now) {
    const std::optional<Identity> before = cache.is_on() ? identity_of(path) : std::nullopt;
    if (!before) return content_hash_of_file(path);
    const std::string key = content_hash("hash of the file " + before->text);
    if (const std::optional<CacheEntry> known = cache.find(key)) return known->record;
    std::string hash = content_hash_of_file(path);
    const std::optional<Identity> after = identity_of(path);
    if (after && after->text == before->text && now - before->changed >= time_to_settle) cache.keep(key, hash);
    return hash;
}

}  // namespace lathe
