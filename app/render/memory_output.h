// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "app/render/pcm_output.h"
#include "app/render/stored_audio.h"

namespace lathe {

/// Keeps the files of a stream in memory, decoded: full scale is 1. Lossy formats: what their encoder would get.
/// Measures them as they come. commit(i) hands over the i-th.
class MemoryOutput final : public CutOutput {
public:
    /// kept: one for each cut; both outlive this.
    MemoryOutput(std::vector<FileCut> cuts, const WriteFormat& format, MonoWeight mono,
                 std::shared_ptr<StorageBudget> budget, std::vector<KeptAudio>& kept);
    ~MemoryOutput() override;
    /// No hashes: nothing is written.
    void measure(std::size_t i, MonoWeight mono, const Cancel& cancel, StageClock& clock,
                 DeliverableResult& result) override;
    void commit(std::size_t i) override;

private:
    struct File;
    void open(std::size_t i) override;
    void put(std::size_t i, const PcmBlock& block) override;
    void close(std::size_t i) override;

    MonoWeight mono_;
    std::shared_ptr<StorageBudget> budget_;  ///< lives as long as any audio that it paid for
    std::vector<KeptAudio>& kept_;
    std::vector<std::unique_ptr<File>> files_;
};

}  // namespace lathe
