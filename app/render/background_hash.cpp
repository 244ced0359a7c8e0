// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/background_hash.h"

#include <utility>

#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {
constexpr std::size_t most_waiting = 32;
}

void BackgroundHash::add(const PcmBlock& block) {
    const Frames samples = block.frames * block.channels;
    Lock lock(mutex_);
    Block copy;
    if (!used_.empty()) {
        copy = std::move(used_.back());
        used_.pop_back();
    }
    lock.unlock();
    copy.integers.assign(block.integers, block.integers ? block.integers + samples : nullptr);
    copy.floats.assign(block.floats, block.floats ? block.floats + samples : nullptr);
    lock.lock();
    waiting_.push_back(std::move(copy));
    if (!is_hashing_ && !is_scheduled_) {
        is_scheduled_ = true;
        group_.run([this] {
            Lock task_lock(mutex_);
            is_scheduled_ = false;
            if (!is_hashing_) hash_waiting(task_lock);
        });
    }
    if (waiting_.size() <= most_waiting) return;
    if (is_hashing_)
        done_.wait(lock, [&] { return !is_hashing_ || waiting_.size() <= most_waiting; });
    else
        hash_waiting(lock);
}

/// The caller holds the lock, which is let go while a block is hashed, and nobody else hashes.
void BackgroundHash::hash_waiting(Lock& lock) {
    is_hashing_ = true;
    while (!waiting_.empty()) {
        std::vector<Block> taken = std::exchange(waiting_, {});
        done_.notify_all();
        lock.unlock();
        const double start = steady_seconds();
        for (const Block& block : taken)
            if (block.floats.empty())
                hash_.add(block.integers.data(), static_cast<std::int64_t>(block.integers.size()));
            else
                hash_.add(block.floats.data(), static_cast<std::int64_t>(block.floats.size()));
        const double took_s = steady_seconds() - start;
        lock.lock();
        busy_s_ += took_s;
        for (Block& block : taken) used_.push_back(std::move(block));
    }
    is_hashing_ = false;
    done_.notify_all();
}

std::string BackgroundHash::hex() {
    Lock lock(mutex_);
    done_.wait(lock, [&] { return !is_hashing_; });
    hash_waiting(lock);
    return hash_.hex();
}

}  // namespace lathe
