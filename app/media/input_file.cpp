// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "dsp/core/error.h"

namespace lathe {
namespace {

const char* how_to_mend(int error) {
    switch (error) {
        case EACCES:
        case EPERM:
            return "; check its permissions";
        case ENOENT:
        case ENOTDIR:
            return "; check the path";
        default:
            return "";
    }
}

}  // namespace

InputFile::InputFile(std::filesystem::path path) : path_(std::move(path)) {
    const auto refuse = [&](const std::string& reason) {
        if (descriptor_ >= 0) ::close(descriptor_);
        throw InputError(fmt::format("{}: {}", path_.string(), reason));
    };
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe without a writer would wait
    if (descriptor_ < 0) {
        const int error = errno;
        refuse((error == ENOENT ? "no such file" : "cannot be read: " + std::generic_category().message(error)) +
               how_to_mend(error));
    }
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) refuse("cannot be read: " + std::generic_category().message(errno));
    if (S_ISDIR(status.st_mode)) refuse("a folder; name the file in it");
    if (!S_ISREG(status.st_mode)) refuse("not a plain file; save it as one first");
    size_ = status.st_size;
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(std::int64_t offset, void* bytes, std::size_t count) const {
    char* at = static_cast<char*>(bytes);
    std::size_t done = 0;
    while (done < count) {
        const ssize_t n = ::pread(descriptor_, at + done, count - done, offset + static_cast<std::int64_t>(done));
        if (n == 0) break;
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            throw SystemError(
                fmt::format("{}: cannot be read: {}", path_.string(), std::generic_category().message(errno)));
    }
    return done;
}

}  // namespace lathe
