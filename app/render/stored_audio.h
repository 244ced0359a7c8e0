// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/render/cache.h"
#include "app/render/storage_budget.h"
#include "dsp/core/audio.h"
#include "dsp/engine/engine.h"

namespace lathe {

/// One programme's frames between two stages: written once in order, read as often as needed, from any thread. Written
/// into a cache, it can be had again by another render.
template <class Sample>
class StoredAudio final : public Sink<Sample> {
public:
    /// cache: where it shall be kept; none, or one that is not on: only here.
    StoredAudio(int channels, StorageBudget& budget, const Cache* cache = nullptr);
    ~StoredAudio() override;

    int channels() const { return channels_; }
    Frames frames() const { return frames_; }
    std::uint64_t id() const { return id_; }  ///< another one for each in this process
    /// Throws SystemError if the disk fails.
    void write(AudioView<const Sample> audio) override;
    /// Makes sure that audio had from a cache is there and undamaged; false if it is not, or if some has been given up.
    /// To be called before the first read of such; by any thread, and as often as needed.
    bool load();
    /// Fills out with the frames from `from` on.
    void read(Frames from, AudioView<Sample> out) const;
    /// The same for who goes through it in order, alone, and for the last time: what lies in a working file is given up
    /// behind the reader, so that what is written next finds room, and pages that cost less than fresh ones.
    void read_last(Frames from, AudioView<Sample> out);

    /// All has been written: it becomes the cache's entry, with a record of the caller's beside its own.
    void keep(const std::string& key, nlohmann::json record);
    /// What was kept: the audio, to be loaded, and the caller's record into `record`. Null if there is no such entry.
    static std::unique_ptr<StoredAudio> find(const Cache& cache, const std::string& key, StorageBudget& budget,
                                             nlohmann::json& record);

private:
    static constexpr Frames block_frames = 1 << 16;
    struct Block {
        Sample* memory = nullptr;    ///< out of the budget: one channel after the other; null: not in memory
        Frames file_offset = -1;     ///< −1: not in the file. It lies there as in memory
        std::uint64_t checksum = 0;  ///< of a block that is to be kept
    };
    Frames block_bytes() const { return block_frames * channels_ * static_cast<Frames>(sizeof(Sample)); }
    Sample* take_memory() { return static_cast<Sample*>(budget_.take(static_cast<std::size_t>(block_bytes()))); }
    Sample* staging();
    AudioView<Sample> last_block();
    Frames offset(const Block& block, int channel, Frames frame) const;
    void end_block();
    bool append_to_file(Block& block);
    void give_up(const Block& block);
    bool load_blocks();

    inline static std::atomic<std::uint64_t> made_{0};

    const std::uint64_t id_ = ++made_;
    int channels_;
    Frames frames_ = 0;
    StorageBudget& budget_;
    const Cache* cache_;
    std::vector<Block> blocks_;
    AlignedVector<Sample> staging_;  ///< a block on its way to or from the file
    FileHandle file_;
    Frames file_size_ = 0;
    bool whole_in_file_;  ///< every block so far lies in the cache's draft
    bool comes_from_cache_ = false;
    bool is_given_up_ = false;  ///< some of it
    std::once_flag loaded_;
    bool is_sound_ = true;
};

/// Audio that several hold, and none changes any more.
using KeptAudio = std::shared_ptr<const StoredAudio<float>>;

/// Whether somebody may want to read a StoredAudio once more.
enum class Reading { again, last };

/// Reads a StoredAudio from its beginning.
template <class Sample>
class StoredSource final : public Source<Sample> {
public:
    explicit StoredSource(StoredAudio<Sample>& audio, Reading reading = Reading::again)
        : audio_(audio), reading_(reading) {}
    int channels() const override { return audio_.channels(); }
    Frames frames() const override { return audio_.frames(); }
    void read(AudioView<Sample> out) override {
        if (reading_ == Reading::last)
            audio_.read_last(at_, out);
        else
            audio_.read(at_, out);
        at_ += out.frames;
    }

private:
    StoredAudio<Sample>& audio_;
    Reading reading_;
    Frames at_ = 0;
};

}  // namespace lathe
