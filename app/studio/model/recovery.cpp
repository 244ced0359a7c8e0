// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/recovery.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "app/media/atomic_file.h"
#include "app/render/file_state.h"
#include "app/render/key.h"
#include "dsp/core/error.h"

namespace lathe {

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

void Recovery::note(const std::string& text) { ask(text); }

void Recovery::clear() { ask(std::nullopt); }

void Recovery::ask(std::optional<std::string> text) {
    {
        const std::lock_guard lock(mutex_);
        text_ = std::move(text);
        is_asked_ = true;
    }
    wake_.notify_one();
}

void Recovery::run() {
    using namespace std::chrono_literals;
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return ends_ || is_asked_; });
        if (!is_asked_) return;
        wake_.wait_for(lock, 500ms, [&] { return ends_; });  // a drag makes many texts
        const std::optional<std::string> text = std::exchange(text_, std::nullopt);
        is_asked_ = false;
        lock.unlock();
        std::error_code ignored;
        try {
            if (text) {
                std::filesystem::create_directories(file_.parent_path(), ignored);
                write_text_file(file_, *text);
            } else {
                std::filesystem::remove(file_, ignored);
            }
        } catch (const SystemError&) {
            // There is no place for it: the work goes on without.
        }
        lock.lock();
    }
}

}  // namespace lathe
