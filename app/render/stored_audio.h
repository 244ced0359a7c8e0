// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/engine/engine.h"

namespace lathe {

/// How much rendered audio may lie in memory, all together; what is past it goes to files in `folder`, which are
/// unlinked as soon as they are open, so that nothing is left behind however the program ends.
struct StorageBudget {
    explicit StorageBudget(std::filesystem::path spill_folder, Frames bytes = Frames{256} << 20)
        : folder(std::move(spill_folder)), memory_left(bytes) {}
    std::filesystem::path folder;
    std::atomic<Frames> memory_left;
};

/// One programme's frames between two stages: written once in order, read as often as needed, from any thread.
template <class Sample>
class StoredAudio final : public Sink<Sample> {
public:
    StoredAudio(int channels, StorageBudget& budget);
    ~StoredAudio() override;

    int channels() const { return channels_; }
    Frames frames() const { return frames_; }
    /// Throws SystemError if the disk fails.
    void write(AudioView<const Sample> audio) override;
    /// Fills out with the frames from `from` on.
    void read(Frames from, AudioView<Sample> out) const;

private:
    static constexpr Frames block_frames = 1 << 16;
    struct Block {
        AudioBuffer<Sample> memory;
        Frames file_offset = -1;  ///< at least 0: the block lies in the file, one channel after the other
    };
    void start_block();
    Frames offset(const Block& block, int channel, Frames frame) const;

    int channels_;
    Frames frames_ = 0;
    StorageBudget& budget_;
    std::vector<Block> blocks_;
    Frames charged_ = 0;  ///< bytes taken from the budget
    int file_ = -1;
    Frames file_size_ = 0;
};

/// Reads a StoredAudio from its beginning.
template <class Sample>
class StoredSource final : public Source<Sample> {
public:
    explicit StoredSource(const StoredAudio<Sample>& audio) : audio_(audio) {}
    int channels() const override { return audio_.channels(); }
    Frames frames() const override { return audio_.frames(); }
    void read(AudioView<Sample> out) override {
        audio_.read(at_, out);
        at_ += out.frames;
    }

private:
    const StoredAudio<Sample>& audio_;
    Frames at_ = 0;
};

}  // namespace lathe
