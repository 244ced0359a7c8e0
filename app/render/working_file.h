// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/render/cache.h"

namespace lathe {

/// A file in the folder (made if need be) that is unlinked as soon as it is open: nothing is left behind however the
/// program ends. Throws SystemError.
FileHandle open_working_file(const std::filesystem::path& folder);

/// Throws the SystemError of what just failed in the working file: "write", "read".
[[noreturn]] void fail_working_file(const std::filesystem::path& folder, const char* what);

}  // namespace lathe
