// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/working_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "dsp/core/error.h"

namespace lathe {

FileHandle open_working_file(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    std::string name = (folder / "lathe-XXXXXX").string();
    FileHandle file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file) fail_working_file(folder, "make");
    ::unlink(name.c_str());
    return file;
}

void fail_working_file(const std::filesystem::path& folder, const char* what) {
    throw SystemError(
        fmt::format("{}: cannot {} the working file: {}; free some space or name another folder with --cache",
                    folder.string(), what, std::strerror(errno)));
}

}  // namespace lathe
