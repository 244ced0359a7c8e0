// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/file_state.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "dsp/core/error.h"

namespace lathe {

FileState state_of(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    return {status.st_size, std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

void check_unchanged(const std::filesystem::path& path, const FileState& before) {
    if (state_of(path) != before)
        throw InputError(
            fmt::format("{}: was changed while it was read; try again when it is complete", path.string()));
}

}  // namespace lathe
