// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/recent_albums.h"

#include <sstream>
#include <string>
#include <utility>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {

RecentAlbums::RecentAlbums(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code ignored;
    if (!std::filesystem::exists(file_, ignored)) return;
    try {
        std::istringstream lines(read_text_file(file_));
        for (std::string line; std::getline(lines, line) && albums_.size() < most;)
            if (!line.empty() && std::filesystem::exists(line, ignored)) albums_.emplace_back(line);
    } catch (const InputError&) {
        // A list that cannot be read is an empty one.
    }
}

void RecentAlbums::note(const std::filesystem::path& album) {
    const std::filesystem::path path = std::filesystem::absolute(album).lexically_normal();
    std::erase(albums_, path);
    albums_.insert(albums_.begin(), path);
    if (albums_.size() > most) albums_.pop_back();
    std::string text;
    for (const std::filesystem::path& each : albums_) text += each.string() + "\n";
    std::error_code ignored;
    std::filesystem::create_directories(file_.parent_path(), ignored);
    try {
        write_text_file(file_, text);
    } catch (const SystemError&) {
        // The list is a convenience.
    }
}

}  // namespace lathe
