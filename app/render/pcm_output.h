// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/media/audio_file.h"
#include "app/render/background_hash.h"
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
};

/// Cuts a stream into files. They lie under temporary names until commit().
class FileOutput final : public PcmOutput {
public:
    FileOutput(std::vector<FileCut> cuts, const WriteFormat& format);
    void write(const PcmBlock& block) override;
    /// The stream has ended: the files are whole, at finished_path(i).
    void finish();
    std::filesystem::path finished_path(std::size_t i) const { return writers_[i]->temporary_path(); }
    void commit(std::size_t i) { writers_[i]->commit(); }
    /// The audio_sha256 of a finished file; of a lossy one, of what its encoder got.
    std::string audio_sha256(std::size_t i) { return hashes_[i]->hex(); }
    double hashing_s(std::size_t i) const { return hashes_[i]->busy_s(); }  ///< after audio_sha256(i)
    const std::vector<FileCut>& cuts() const { return cuts_; }

private:
    void open();
    void close();
    void put(const PcmBlock& block);
    void put_silence(Frames frames);

    std::vector<FileCut> cuts_;
    WriteFormat format_;
    std::vector<std::unique_ptr<AudioWriter>> writers_;
    std::vector<std::unique_ptr<BackgroundHash>> hashes_;
    std::size_t current_ = 0;
    Frames at_ = 0;
};

/// Keeps a stream in a working file until its turn in a larger one comes.
class SpoolOutput final : public PcmOutput {
public:
    SpoolOutput(const WriteFormat& format, StorageBudget& budget) : format_(format), stored_(format.channels, budget) {}
    void write(const PcmBlock& block) override;
    Frames frames() const { return stored_.frames(); }
    /// Everything kept, into another output.
    void replay(PcmOutput& to) const;

private:
    WriteFormat format_;
    StoredAudio<std::int32_t> stored_;  ///< floats as their bits
};

}  // namespace lathe
