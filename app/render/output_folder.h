// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace lathe {

/// An output folder held by this process while it lives: made if it is not there, proven writable, and locked against a
/// second render into it. The lock leaves nothing behind. Throws SystemError.
class OutputFolder {
public:
    explicit OutputFolder(const std::filesystem::path& folder);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

private:
    int descriptor_ = -1;
};

/// Makes the folder that a file will lie in, and removes what killed renders left there. Throws SystemError.
void make_folder_of(const std::filesystem::path& file);

}  // namespace lathe
