// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/pcm_output.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "app/media/hashes.h"
#include "app/render/measure_file.h"
#include "dsp/threads/in_parallel.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 15;

/// Calls put(block) for digital silence of that length.
template <class Put>
void for_silence(const WriteFormat& format, Frames frames, Put put) {
    const bool integers = is_integer(format.format);
    const auto samples = static_cast<std::size_t>(std::min(frames, piece_frames) * format.channels);
    const std::vector<std::int32_t> zeros(integers ? samples : 0);
    const std::vector<float> silence(integers ? 0 : samples);
    for (Frames n = 0; n < frames; n += piece_frames)
        put(PcmBlock{integers ? zeros.data() : nullptr, integers ? nullptr : silence.data(),
                     std::min(piece_frames, frames - n), format.channels});
}

}  // namespace

void write_silence(PcmOutput& output, const WriteFormat& format, Frames frames) {
    for_silence(format, frames, [&](const PcmBlock& block) { output.write(block); });
}

void CutOutput::open_current() {
    open(current_);
    is_open_ = true;
    for_silence(format_, cuts_[current_].silence_before, [&](const PcmBlock& block) { put(current_, block); });
}

void CutOutput::close_current() {
    for_silence(format_, cuts_[current_].silence_behind, [&](const PcmBlock& block) { put(current_, block); });
    close(current_++);
    is_open_ = false;
}

void CutOutput::write(const PcmBlock& block) {
    Frames done = 0;
    while (done < block.frames && current_ < cuts_.size()) {
        const FileCut& cut = cuts_[current_];
        if (at_ < cut.from) {  // not wanted by any file
            const Frames n = std::min(block.frames - done, cut.from - at_);
            done += n, at_ += n;
            continue;
        }
        if (!is_open_) open_current();
        const Frames n = std::min(block.frames - done, cut.from + cut.frames - at_);
        put(current_, block.slice(done, n));
        done += n, at_ += n;
        if (at_ == cut.from + cut.frames) close_current();
    }
}

void CutOutput::finish() {
    while (current_ < cuts_.size()) {  // a stream that ended early leaves its last files short
        if (!is_open_) open_current();
        close_current();
    }
}

FileOutput::FileOutput(std::vector<FileCut> cuts, const WriteFormat& format, FileProgress* progress)
    : CutOutput(std::move(cuts), format), progress_(progress) {
    for (std::size_t i = 0; i < this->cuts().size(); ++i) files_.push_back(std::make_unique<Making>(format.format));
}
FileOutput::~FileOutput() = default;

void FileOutput::open(std::size_t i) {
    Making& file = *files_[i];
    const FileCut& cut = cuts()[i];
    file.writer = std::make_unique<AudioWriter>(cut.path, format(), cut.tags);
    file.to_writer =
        std::make_unique<PcmBacklog>([this, &file, &cut](const PcmBlock& block) { write(file, cut, block); });
    if (format().format != SampleFormat::lossy)
        file.to_hash = std::make_unique<PcmBacklog>([this, &file](const PcmBlock& block) { take_hash(file, block); });
    if (progress_) progress_->begin(cut.path);
}

void FileOutput::put(std::size_t i, const PcmBlock& block) {
    files_[i]->to_writer->add(block);
    if (files_[i]->to_hash) files_[i]->to_hash->add(block);
}

void FileOutput::take_hash(Making& file, const PcmBlock& block) const {
    const double start = steady_seconds();
    if (block.integers)
        file.hash.add(block.integers, block.frames * block.channels);
    else
        file.hash.add(block.floats, block.frames * block.channels);
    file.hash_busy_s += steady_seconds() - start;
}

void FileOutput::write(Making& file, const FileCut& cut, const PcmBlock& block) const {
    if (block.integers)
        file.writer->write_integers(block.integers, block.frames);
    else
        file.writer->write_floats(block.floats, block.frames);
    file.written += block.frames;
    if (progress_) progress_->reach(cut.path, static_cast<double>(file.written) / cut.frames_in_all());
}

void FileOutput::close(std::size_t i) {
    Making& file = *files_[i];
    file.to_writer->finish();
    file.writer->finish();
    if (file.to_hash) file.to_hash->finish();
}

void FileOutput::commit(std::size_t i) {
    files_[i]->writer->commit();
    if (progress_) progress_->end(cuts()[i].path);
}

void FileOutput::measure(std::size_t i, MonoWeight mono, const Cancel& cancel, StageClock& clock,
                         DeliverableResult& result) {
    const std::filesystem::path path = files_[i]->writer->temporary_path();
    const auto timed = [&](const char* name, auto&& work) {
        const double start = steady_seconds();
        work();
        clock.add(name, steady_seconds() - start);
    };
    const bool is_lossy = format().format == SampleFormat::lossy;
    at_once([&] { timed("read back and measure", [&] { result.measured = measure_file(path, mono, cancel); }); },
            [&] {
                timed("hash", [&] {
                    result.sha256 = sha256_of_file(path, cancel);
                    if (is_lossy) result.audio_sha256 = sha256_of_audio(path, cancel);
                });
                if (!is_lossy) result.audio_sha256 = files_[i]->hash.hex();
            });
    clock.add("hash", files_[i]->hash_busy_s);
    result.duration_s = result.measured.info.duration_s();
}

void SpoolOutput::write(const PcmBlock& block) {
    AudioBuffer<std::int32_t> planar(block.channels, std::min(block.frames, piece_frames));
    for (Frames from = 0; from < block.frames; from += piece_frames) {
        const PcmBlock piece = block.slice(from, std::min(piece_frames, block.frames - from));
        for (int c = 0; c < piece.channels; ++c)
            for (Frames n = 0; n < piece.frames; ++n) {
                const Frames i = n * piece.channels + c;
                planar.channel(c)[n] =
                    piece.integers ? piece.integers[i] : std::bit_cast<std::int32_t>(piece.floats[i]);
            }
        stored_.write(std::as_const(planar).view().slice(0, piece.frames));
    }
}

void SpoolOutput::replay(PcmOutput& to) {
    const bool integers = is_integer(format_.format);
    AudioBuffer<std::int32_t> planar(stored_.channels(), piece_frames);
    std::vector<float> floats(static_cast<std::size_t>(piece_frames * stored_.channels()));
    std::vector<std::int32_t> ints(integers ? floats.size() : 0);
    for (Frames from = 0; from < stored_.frames(); from += piece_frames) {
        const Frames frames = std::min(piece_frames, stored_.frames() - from);
        stored_.read_last(from, planar.view().slice(0, frames));
        for (int c = 0; c < planar.channels(); ++c)
            for (Frames n = 0; n < frames; ++n) {
                const auto i = static_cast<std::size_t>(n * planar.channels() + c);
                if (integers)
                    ints[i] = planar.channel(c)[n];
                else
                    floats[i] = std::bit_cast<float>(planar.channel(c)[n]);
            }
        to.write({integers ? ints.data() : nullptr, integers ? nullptr : floats.data(), frames, planar.channels()});
    }
}

}  // namespace lathe
