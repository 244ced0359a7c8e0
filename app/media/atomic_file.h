// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lathe {

/// Writes text to path by way of a temporary file beside it and a rename, flushed to the disk: the old or the new
/// content is there, never a half. Throws SystemError naming path.
void write_text_file(const std::filesystem::path& path, std::string_view text);
/// The whole of a text file. Throws InputError if it is missing or cannot be read.
std::string read_text_file(const std::filesystem::path& path);
/// The name under which a file is written before it is moved to path: in the same folder, hidden, with this process's
/// id.
std::filesystem::path temporary_beside(const std::filesystem::path& path);
/// Removes from a folder the files of such names whose process is gone: killed, it could not remove them itself.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace lathe
