// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>

namespace lathe {

/// How far each file of a render is. Any thread may tell and ask.
class FileProgress {
public:
    struct State {
        double share = 0;         ///< of the file that is written, 0…1
        double seconds_left = 0;  ///< as it seems; 0: nothing can be said yet
        bool is_done = false;     ///< it lies in its place
    };
    /// It is begun, perhaps once more.
    void begin(const std::filesystem::path& file);
    void reach(const std::filesystem::path& file, double share);
    void end(const std::filesystem::path& file);
    State of(const std::filesystem::path& file) const;

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        double share = 0;
        bool is_done = false;
        Clock::time_point began = Clock::now();
    };
    mutable std::mutex mutex_;
    std::map<std::filesystem::path, Entry> entries_;
};

}  // namespace lathe
