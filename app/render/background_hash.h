// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tbb/task_group.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "app/media/pcm_bytes.h"
#include "app/render/pcm_block.h"

namespace lathe {

/// The audio_sha256 of a file while it is being made, by whatever thread has nothing better to do: a hash is slow, in
/// order, and nobody waits for it before the end.
class BackgroundHash {
public:
    explicit BackgroundHash(SampleFormat format) : hash_(format) {}
    ~BackgroundHash() { group_.wait(); }
    BackgroundHash(const BackgroundHash&) = delete;

    /// Copies the block. Returns at once unless too many are waiting.
    void add(const PcmBlock& block);
    /// Ends the hash, all blocks in it.
    std::string hex();
    double busy_s() const { return busy_s_; }  ///< after hex()

private:
    struct Block {
        std::vector<std::int32_t> integers;
        std::vector<float> floats;
    };
    using Lock = std::unique_lock<std::mutex>;
    void hash_waiting(Lock& lock);

    AudioHash hash_;
    std::mutex mutex_;
    std::condition_variable done_;
    std::vector<Block> waiting_, used_;  // waiting_: oldest first. used_: memory to be used again
    bool is_hashing_ = false, is_scheduled_ = false;
    double busy_s_ = 0;
    tbb::task_group group_;
};

}  // namespace lathe
