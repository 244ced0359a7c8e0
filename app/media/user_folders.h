// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// The user's folders for the program, as the XDG base directory specification has them; below the system's temporary
/// folder where the user has no home.
namespace lathe {

/// What runs keep for each other, and may be lost.
std::filesystem::path user_cache_folder();
/// What the next run goes on from: unsaved work, recent albums.
std::filesystem::path user_state_folder();

}  // namespace lathe
