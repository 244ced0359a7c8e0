// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/pcm_backlog.h"

#include <utility>

namespace lathe {
namespace {
constexpr std::size_t most_waiting = 32;
}

void PcmBacklog::add(const PcmBlock& block) {
    const Frames samples = block.frames * block.channels;
    Lock lock(mutex_);
    rethrow();
    Block copy;
    if (!used_.empty()) {
        copy = std::move(used_.back());
        used_.pop_back();
    }
    lock.unlock();
    copy.integers.assign(block.integers, block.integers ? block.integers + samples : nullptr);
    copy.floats.assign(block.floats, block.floats ? block.floats + samples : nullptr);
    copy.frames = block.frames;
    copy.channels = block.channels;
    lock.lock();
    waiting_.push_back(std::move(copy));
    if (!is_taking_ && !is_scheduled_) {
        is_scheduled_ = true;
        group_.run([this] {
            Lock task_lock(mutex_);
            is_scheduled_ = false;
            if (!is_taking_) take_waiting(task_lock);
        });
    }
    if (waiting_.size() <= most_waiting) return;
    if (is_taking_)
        done_.wait(lock, [&] { return !is_taking_ || waiting_.size() <= most_waiting; });
    else
        take_waiting(lock);
}

void PcmBacklog::finish() {
    Lock lock(mutex_);
    done_.wait(lock, [&] { return !is_taking_; });
    take_waiting(lock);
    rethrow();
}

/// The caller holds the lock, which is let go while blocks are taken, and nobody else takes any.
void PcmBacklog::take_waiting(Lock& lock) {
    is_taking_ = true;
    while (!waiting_.empty()) {
        std::vector<Block> taken = std::exchange(waiting_, {});
        const bool is_wanted = !failure_;
        done_.notify_all();
        lock.unlock();
        const std::exception_ptr failure = is_wanted ? take_all(taken) : nullptr;
        lock.lock();
        if (failure) failure_ = failure;
        for (Block& block : taken) used_.push_back(std::move(block));
    }
    is_taking_ = false;
    done_.notify_all();
}

std::exception_ptr PcmBacklog::take_all(const std::vector<Block>& blocks) const noexcept {
    try {
        for (const Block& block : blocks)
            take_({block.integers.empty() ? nullptr : block.integers.data(),
                   block.floats.empty() ? nullptr : block.floats.data(), block.frames, block.channels});
    } catch (...) {
        return std::current_exception();
    }
    return nullptr;
}

void PcmBacklog::rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
}

}  // namespace lathe
