// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/media/audio_file.h"
#include "app/media/pcm_bytes.h"
#include "app/render/file_progress.h"
#include "app/render/pcm_backlog.h"
#include "app/render/pcm_block.h"
#include "app/render/render_result.h"
#include "app/render/stage_clock.h"
#include "app/render/stored_audio.h"

namespace lathe {

/// Where finished PCM goes, in order.
class PcmOutput {
public:
    virtual ~PcmOutput() = default;
    virtual void write(const PcmBlock& block) = 0;
};

/// Digital silence of that length.
void write_silence(PcmOutput& output, const WriteFormat& format, Frames frames);

/// One stretch of a stream that becomes a file of its own, with digital silence before and behind it.
struct FileCut {
    std::filesystem::path path;
    Tags tags;
    Frames from = 0, frames = 0;  ///< in the stream
    Frames silence_before = 0, silence_behind = 0;
    double frames_in_all() const {
        return static_cast<double>(std::max<Frames>(1, silence_before + frames + silence_behind));
    }
};

/// Cuts a stream into the files it is to become, wherever those are kept.
class CutOutput : public PcmOutput {
public:
    CutOutput(std::vector<FileCut> cuts, const WriteFormat& format) : cuts_(std::move(cuts)), format_(format) {}
    void write(const PcmBlock& block) final;
    /// The stream has ended: the files are whole.
    void finish();
    /// Measurements and hashes of a finished file, into result.
    virtual void measure(std::size_t i, MonoWeight mono, const Cancel& cancel, StageClock& clock,
                         DeliverableResult& result) = 0;
    /// Puts a finished file in its place.
    virtual void commit(std::size_t i) = 0;
    const std::vector<FileCut>& cuts() const { return cuts_; }

protected:
    const WriteFormat& format() const { return format_; }

private:
    virtual void open(std::size_t i) = 0;
    virtual void put(std::size_t i, const PcmBlock& block) = 0;
    virtual void close(std::size_t i) = 0;
    void open_current();
    void close_current();

    std::vector<FileCut> cuts_;
    WriteFormat format_;
    std::size_t current_ = 0;
    bool is_open_ = false;
    Frames at_ = 0;
};

/// Files on the disk, encoded, hashed and written behind the back of who writes here. They lie under temporary names
/// until commit().
class FileOutput final : public CutOutput {
public:
    /// progress: told how far each file is; none: nobody asks.
    FileOutput(std::vector<FileCut> cuts, const WriteFormat& format, FileProgress* progress = nullptr);
    ~FileOutput() override;
    /// Reads the file back.
    void measure(std::size_t i, MonoWeight mono, const Cancel& cancel, StageClock& clock,
                 DeliverableResult& result) override;
    void commit(std::size_t i) override;

private:
    void open(std::size_t i) override;
    void put(std::size_t i, const PcmBlock& block) override;
    void close(std::size_t i) override;

    /// One file.
    struct Making {
        explicit Making(SampleFormat format) : hash(format) {}
        std::unique_ptr<AudioWriter> writer;
        AudioHash hash;
        Frames written = 0;
        double hash_busy_s = 0;
        std::unique_ptr<PcmBacklog> to_hash, to_writer;  ///< go first
    };
    void take_hash(Making& file, const PcmBlock& block) const;
    void write(Making& file, const FileCut& cut, const PcmBlock& block) const;

    FileProgress* progress_;
    std::vector<std::unique_ptr<Making>> files_;
};

/// Keeps a stream in a working file until its turn in a larger one comes.
class SpoolOutput final : public PcmOutput {
public:
    SpoolOutput(const WriteFormat& format, StorageBudget& budget) : format_(format), stored_(format.channels, budget) {}
    void write(const PcmBlock& block) override;
    Frames frames() const { return stored_.frames(); }
    /// Everything kept, into another output; once.
    void replay(PcmOutput& to);

private:
    WriteFormat format_;
    StoredAudio<std::int32_t> stored_;  ///< floats as their bits
};

}  // namespace lathe
