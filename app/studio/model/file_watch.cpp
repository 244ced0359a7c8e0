// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/file_watch.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace lathe {
namespace {

constexpr std::chrono::milliseconds between_looks{500};
constexpr std::uint64_t rounds_of_patience = 20;  // nobody has asked for ten seconds: it is forgotten

}  // namespace

FileWatch::FileWatch() : thread_([this] { run(); }) {}

FileWatch::~FileWatch() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::optional<FileState> FileWatch::state(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    const auto [at, is_new] = entries_.try_emplace(path);
    at->second.asked = round_;
    if (is_new) {
        is_new_asked_ = true;
        wake_.notify_one();
    }
    return at->second.state;
}

bool FileWatch::is_busy() const {
    const std::lock_guard lock(mutex_);
    return std::any_of(entries_.begin(), entries_.end(), [](const auto& entry) { return !entry.second.state; });
}

void FileWatch::run() {
    std::unique_lock lock(mutex_);
    while (!ends_) {
        ++round_;
        is_new_asked_ = false;
        std::erase_if(entries_, [&](const auto& entry) { return entry.second.asked + rounds_of_patience < round_; });
        std::vector<std::pair<std::filesystem::path, FileState>> looked;
        for (const auto& [path, entry] : entries_) looked.emplace_back(path, FileState{});
        lock.unlock();
        for (auto& [path, state] : looked) state = state_of(path);
        lock.lock();
        for (const auto& [path, state] : looked)
            if (const auto at = entries_.find(path); at != entries_.end()) at->second.state = state;
        wake_.wait_for(lock, between_looks, [&] { return ends_ || is_new_asked_; });
    }
}

}  // namespace lathe
