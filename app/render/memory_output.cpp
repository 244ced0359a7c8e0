// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/memory_output.h"

#include <cmath>
#include <utility>

#include "app/render/measure_file.h"
#include "dsp/threads/in_parallel.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 16;

/// One channel of interleaved PCM.
void take_channel(const PcmBlock& block, int channel, float* out) {
    constexpr float integer_scale = 0x1p-31f;
    for (Frames n = 0; n < block.frames; ++n) {
        const Frames i = n * block.channels + channel;
        out[n] = block.integers ? static_cast<float>(block.integers[i]) * integer_scale : block.floats[i];
    }
}

AudioInfo info_of(const FileCut& cut, const WriteFormat& format) {
    return {cut.path, "", format.format, format.channels, format.sample_rate, 0};
}

}  // namespace

struct MemoryOutput::File {
    File(const FileCut& cut, const WriteFormat& format, MonoWeight mono, const std::shared_ptr<StorageBudget>& budget)
        : meter(info_of(cut, format), mono),
          audio(new StoredAudio<float>(format.channels, *budget), [budget](StoredAudio<float>* kept) { delete kept; }),
          piece(format.channels, piece_frames) {}

    void add(const PcmBlock& block) {
        for (Frames done = 0; done < block.frames;) {
            const Frames n = std::min(block.frames - done, piece_frames - held);
            for (int c = 0; c < piece.channels(); ++c) take_channel(block.slice(done, n), c, piece.channel(c) + held);
            done += n, held += n;
            if (held == piece_frames) flush();
        }
    }

    void flush() {
        const double start = steady_seconds();
        const AudioView<const float> held_audio = std::as_const(piece).view().slice(0, held);
        at_once([&] { meter.push(held_audio); }, [&] { audio->write(held_audio); });
        held = 0;
        busy_s += steady_seconds() - start;
    }

    FileMeter meter;
    std::shared_ptr<StoredAudio<float>> audio;
    AudioBuffer<float> piece;
    Frames held = 0;
    FileMeasurement measured;
    double busy_s = 0;
};

MemoryOutput::MemoryOutput(std::vector<FileCut> cuts, const WriteFormat& format, MonoWeight mono,
                           std::shared_ptr<StorageBudget> budget, std::vector<KeptAudio>& kept)
    : CutOutput(std::move(cuts), format),
      mono_(mono),
      budget_(std::move(budget)),
      kept_(kept),
      files_(this->cuts().size()) {}
MemoryOutput::~MemoryOutput() = default;

void MemoryOutput::open(std::size_t i) { files_[i] = std::make_unique<File>(cuts()[i], format(), mono_, budget_); }
void MemoryOutput::put(std::size_t i, const PcmBlock& block) { files_[i]->add(block); }
void MemoryOutput::close(std::size_t i) {
    files_[i]->flush();
    files_[i]->measured = files_[i]->meter.finish();
}

void MemoryOutput::measure(std::size_t i, MonoWeight, const Cancel&, StageClock& clock, DeliverableResult& result) {
    result.measured = files_[i]->measured;
    result.duration_s = result.measured.info.duration_s();
    clock.add("measure", files_[i]->busy_s);
}

void MemoryOutput::commit(std::size_t i) { kept_[i] = files_[i]->audio; }

}  // namespace lathe
