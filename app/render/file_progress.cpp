// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/file_progress.h"

namespace lathe {

void FileProgress::begin(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    entries_[file] = {};
}

void FileProgress::reach(const std::filesystem::path& file, double share) {
    const std::lock_guard lock(mutex_);
    entries_[file].share = share;
}

void FileProgress::end(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[file];
    entry.share = 1;
    entry.is_done = true;
}

FileProgress::State FileProgress::of(const std::filesystem::path& file) const {
    constexpr double least_share = 0.02;
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(file);
    if (known == entries_.end()) return {};
    const Entry& entry = known->second;
    State state{entry.share, 0, entry.is_done};
    const std::chrono::duration<double> taken = Clock::now() - entry.began;
    if (entry.share >= least_share) state.seconds_left = taken.count() * (1 - entry.share) / entry.share;
    return state;
}

}  // namespace lathe
