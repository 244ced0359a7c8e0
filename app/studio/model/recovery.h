// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace lathe {

/// Keeps unsaved work safe from a kill: the album's text goes into a file of its own, at most a second after it
/// changed, from a thread of its own: nobody waits for a disk. folder: of such files, one for each album.
class Recovery {
public:
    Recovery(std::filesystem::path folder, const std::filesystem::path& album);
    ~Recovery();

    /// What a killed run left of the album, if the album file has not been changed since.
    std::optional<std::string> left_over() const;
    /// The text as it stands; to be told after every edit.
    void note(const std::string& text);
    /// All is saved: nothing to recover.
    void clear();

private:
    void ask(std::optional<std::string> text);
    void run();

    std::filesystem::path album_, file_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<std::string> text_;  ///< what the file shall hold; none: no file
    bool is_asked_ = false, ends_ = false;
    std::thread thread_;
};

}  // namespace lathe
