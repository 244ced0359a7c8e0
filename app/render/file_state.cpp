// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/file_state.h"

#include <sys/stat.h>

namespace lathe {

FileState state_of(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    return {status.st_size, std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

}  // namespace lathe
