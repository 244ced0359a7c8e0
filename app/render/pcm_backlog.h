// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tbb/task_group.h>

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "app/render/pcm_block.h"

namespace lathe {

/// Blocks of PCM on their way to what takes them in order and slowly (a file, an encoder, a hash), by whatever thread
/// has nothing better to do: nobody waits for it before the end.
class PcmBacklog {
public:
    using Take = std::function<void(const PcmBlock&)>;

    explicit PcmBacklog(Take take) : take_(std::move(take)) {}
    ~PcmBacklog() { group_.wait(); }
    PcmBacklog(const PcmBacklog&) = delete;

    /// Copies the block. Returns at once unless too many are waiting. Throws what take threw of an earlier one; nothing
    /// is taken any more then.
    void add(const PcmBlock& block);
    /// Returns when all blocks have been taken. Throws as add() does.
    void finish();

private:
    struct Block {
        std::vector<std::int32_t> integers;
        std::vector<float> floats;
        Frames frames = 0;
        int channels = 0;
    };
    using Lock = std::unique_lock<std::mutex>;
    void take_waiting(Lock& lock);
    std::exception_ptr take_all(const std::vector<Block>& blocks) const noexcept;
    void rethrow() const;

    Take take_;
    std::mutex mutex_;
    std::condition_variable done_;
    std::vector<Block> waiting_, used_;  // waiting_: oldest first. used_: memory to be used again
    bool is_taking_ = false, is_scheduled_ = false;
    std::exception_ptr failure_;
    tbb::task_group group_;
};

}  // namespace lathe
