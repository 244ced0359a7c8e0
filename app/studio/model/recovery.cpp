// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/recovery.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <utility>

#include "app/media/atomic_file.h"
#include "app/render/file_state.h"
#include "app/render/key.h"
#include "dsp/core/error.h"

namespace lathe {

std::filesystem::path studio_state_folder() {
    if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg) return std::filesystem::path(xdg) / "lathe";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".local" / "state" / "lathe";
    return std::filesystem::temp_directory_path() / "lathe";
}

Recovery::Recovery(std::filesystem::path folder, const std::filesystem::path& album)
    : album_(album), file_(folder / (content_hash(album.string()) + ".toml")) {
    thread_ = std::thread([this] { run(); });
}

Recovery::~Recovery() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::optional<std::string> Recovery::left_over() const {
    std::error_code ignored;
    if (!std::filesystem::exists(file_, ignored)) return {};
    if (state_of(file_).changed_ns < state_of(album_).changed_ns) return {};
    try {
        return read_text_file(file_);
    } catch (const InputError&) {
        return {};
    }
}

void Recovery::note(const std::string& text) {
    {
        const std::lock_guard lock(mutex_);
        text_ = text;
    }
    wake_.notify_one();
}

void Recovery::clear() {
    const std::lock_guard lock(mutex_);
    text_.reset();
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

void Recovery::run() {
    using namespace std::chrono_literals;
    std::unique_lock lock(mutex_);
    while (!ends_) {
        wake_.wait(lock, [&] { return ends_ || text_; });
        wake_.wait_for(lock, 500ms, [&] { return ends_; });  // a drag makes many texts
        if (!text_) continue;
        std::error_code ignored;
        std::filesystem::create_directories(file_.parent_path(), ignored);
        try {
            write_text_file(file_, *text_);  // under the lock, so that clear() comes before or after it
        } catch (const SystemError&) {
            // There is no place for it: the work goes on without.
        }
        text_.reset();
    }
}

}  // namespace lathe
