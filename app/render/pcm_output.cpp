// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/pcm_output.h"

#include <algorithm>
#include <bit>
#include <utility>

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

FileOutput::FileOutput(std::vector<FileCut> cuts, const WriteFormat& format)
    : cuts_(std::move(cuts)), format_(format), writers_(cuts_.size()) {
    for (std::size_t i = 0; i < cuts_.size(); ++i) hashes_.push_back(std::make_unique<BackgroundHash>(format_.format));
}

void FileOutput::open() {
    const FileCut& cut = cuts_[current_];
    writers_[current_] = std::make_unique<AudioWriter>(cut.path, format_, cut.tags);
    put_silence(cut.silence_before);
}

void FileOutput::close() {
    put_silence(cuts_[current_].silence_behind);
    writers_[current_]->finish();
    ++current_;
}

/// Into the file at hand.
void FileOutput::put(const PcmBlock& block) {
    if (format_.format != SampleFormat::lossy) hashes_[current_]->add(block);
    if (block.integers)
        writers_[current_]->write_integers(block.integers, block.frames);
    else
        writers_[current_]->write_floats(block.floats, block.frames);
}

void FileOutput::put_silence(Frames frames) {
    for_silence(format_, frames, [&](const PcmBlock& block) { put(block); });
}

void FileOutput::write(const PcmBlock& block) {
    Frames done = 0;
    while (done < block.frames && current_ < cuts_.size()) {
        const FileCut& cut = cuts_[current_];
        if (at_ < cut.from) {  // not wanted by any file
            const Frames n = std::min(block.frames - done, cut.from - at_);
            done += n, at_ += n;
            continue;
        }
        if (!writers_[current_]) open();
        const Frames n = std::min(block.frames - done, cut.from + cut.frames - at_);
        put(block.slice(done, n));
        done += n, at_ += n;
        if (at_ == cut.from + cut.frames) close();
    }
}

void FileOutput::finish() {
    while (current_ < cuts_.size()) {  // a stream that ended early leaves its last files short
        if (!writers_[current_]) open();
        close();
    }
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

void SpoolOutput::replay(PcmOutput& to) const {
    const bool integers = is_integer(format_.format);
    AudioBuffer<std::int32_t> planar(stored_.channels(), piece_frames);
    std::vector<float> floats(static_cast<std::size_t>(piece_frames * stored_.channels()));
    std::vector<std::int32_t> ints(integers ? floats.size() : 0);
    for (Frames from = 0; from < stored_.frames(); from += piece_frames) {
        const Frames frames = std::min(piece_frames, stored_.frames() - from);
        stored_.read(from, planar.view().slice(0, frames));
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
