// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr std::int64_t move_block = 1 << 20;

[[noreturn]] void throw_system_error(const std::filesystem::path& path, int error) {
    throw SystemError(fmt::format("{}: cannot be written: {}", path.string(), std::generic_category().message(error)));
}

void flush_folder_of(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) throw_system_error(file, errno);
    const int error = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;  // EINVAL: a file system without it
    ::close(descriptor);
    if (error != 0) throw_system_error(file, error);
}

}  // namespace

OutputFile::OutputFile(std::filesystem::path target)
    : target_(std::move(target)), temporary_(temporary_beside(target_)) {
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw_system_error(target_, errno);
}

OutputFile::~OutputFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

void OutputFile::fail() {
    if (error_ == 0) error_ = errno;
}

bool OutputFile::write(std::int64_t offset, const void* bytes, std::size_t count) {
    const char* at = static_cast<const char*>(bytes);
    while (count > 0 && error_ == 0) {
        const ssize_t n = ::pwrite(descriptor_, at, count, offset);
        if (n < 0) {
            if (errno != EINTR) fail();
            continue;
        }
        at += n;
        offset += n;
        count -= static_cast<std::size_t>(n);
        size_ = std::max(size_, offset);
    }
    return error_ == 0;
}

std::size_t OutputFile::read(std::int64_t offset, void* bytes, std::size_t count) {
    char* at = static_cast<char*>(bytes);
    std::size_t done = 0;
    while (done < count && error_ == 0) {
        const ssize_t n = ::pread(descriptor_, at + done, count - done, offset + static_cast<std::int64_t>(done));
        if (n == 0) break;
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            fail();
    }
    return done;
}

bool OutputFile::move_within(std::int64_t from, std::int64_t to, std::int64_t count) {
    std::vector<char> block(static_cast<std::size_t>(std::min(count, move_block)));
    for (std::int64_t done = 0; done < count && error_ == 0;) {
        const std::int64_t n = std::min(move_block, count - done);
        const std::int64_t at = to < from ? done : count - done - n;  // the side that is free first
        if (read(from + at, block.data(), static_cast<std::size_t>(n)) != static_cast<std::size_t>(n)) return false;
        if (!write(to + at, block.data(), static_cast<std::size_t>(n))) return false;
        done += n;
    }
    return error_ == 0;
}

void OutputFile::splice(std::int64_t offset, std::string_view bytes, std::int64_t replaced) {
    const std::int64_t from = std::min(offset + replaced, size_);
    const std::int64_t to = offset + static_cast<std::int64_t>(bytes.size());
    const std::int64_t tail = size_ - from;
    if (from != to && !move_within(from, to, tail)) return;
    if (write(offset, bytes.data(), bytes.size()) && to < from) truncate(to + tail);
}

void OutputFile::truncate(std::int64_t size) {
    if (error_ != 0) return;
    if (::ftruncate(descriptor_, size) != 0) return fail();
    size_ = size;
}

void OutputFile::check() const {
    if (error_ != 0) throw_system_error(target_, error_);
}

void OutputFile::commit() {
    if (error_ == 0 && ::fsync(descriptor_) != 0) fail();
    if (error_ == 0 && ::rename(temporary_.c_str(), target_.c_str()) != 0) fail();
    check();
    ::close(descriptor_);
    descriptor_ = -1;
    flush_folder_of(target_);
}

}  // namespace lathe
