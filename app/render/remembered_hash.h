// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "app/render/cache.h"

namespace lathe {

/// content_hash_of_file(), out of the cache where the file is the one that was hashed: in the same place on the disk,
/// as long, and with the same times of modification and of change. For what is looked at; what is delivered follows
/// from sources that were read. now: for tests. Throws InputError.
std::string remembered_content_hash(const std::filesystem::path& path, const Cache& cache,
                                    std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

}  // namespace lathe
