// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "app/render/file_state.h"

namespace lathe {

/// The states of files as they lie on the disk, looked up by a thread of its own: whoever asks never waits for a disk.
class FileWatch {
public:
    FileWatch();
    ~FileWatch();

    /// As it was half a second ago at most, if it is asked for that often; none: not known yet. Of a file that is not
    /// there: bytes −1.
    std::optional<FileState> state(const std::filesystem::path& path);
    /// Whether something that was asked for is not known yet.
    bool is_busy() const;

private:
    struct Entry {
        std::optional<FileState> state;
        std::uint64_t asked = 0;  ///< the round in which it was asked for last
    };
    void run();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<std::filesystem::path, Entry> entries_;
    std::uint64_t round_ = 0;
    bool is_new_asked_ = false, ends_ = false;
    std::thread thread_;
};

}  // namespace lathe
