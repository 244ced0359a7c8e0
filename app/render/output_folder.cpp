// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw SystemError(fmt::format("{}: cannot make the output folder: {}; choose another with --out",
                                      folder.string(), error.message()));
}

}  // namespace

OutputFolder::OutputFolder(const std::filesystem::path& folder) {
    make_folder(folder);
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw SystemError(fmt::format("{}: cannot write into the output folder: {}; choose another with --out",
                                      folder.string(), std::strerror(errno)));
    descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        if (descriptor_ >= 0) ::close(descriptor_);
        if (reason == EWOULDBLOCK)
            throw SystemError(
                fmt::format("{}: another render is writing there; wait for it, or choose another folder with --out",
                            folder.string()));
        throw SystemError(fmt::format("{}: cannot lock the output folder: {}", folder.string(), std::strerror(reason)));
    }
    remove_leftovers(folder);
}

OutputFolder::~OutputFolder() { ::close(descriptor_); }

void make_folder_of(const std::filesystem::path& file) {
    make_folder(file.parent_path());
    remove_leftovers(file.parent_path());
}

}  // namespace lathe
