// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/user_folders.h"

#include <cstdlib>

namespace lathe {
namespace {

std::filesystem::path user_folder(const char* xdg_variable, const char* below_home) {
    if (const char* xdg = std::getenv(xdg_variable); xdg && *xdg) return std::filesystem::path(xdg) / "lathe";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / below_home / "lathe";
    return std::filesystem::temp_directory_path() / "lathe";
}

}  // namespace

std::filesystem::path user_cache_folder() { return user_folder("XDG_CACHE_HOME", ".cache"); }
std::filesystem::path user_state_folder() { return user_folder("XDG_STATE_HOME", ".local/state"); }

}  // namespace lathe
