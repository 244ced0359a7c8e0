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
    : cuts_(std::move(cuts)), format_(format), writers_(cuts_.size()) {}

void FileOutput::open(std::size_t i) {
    writers_[i] = std::make_unique<AudioWriter>(cuts_[i].path, format_, cuts_[i].tags);
    put_silence(*writers_[i], cuts_[i].silence_before);
}

void FileOutput::close(std::size_t i) {
    put_silence(*writers_[i], cuts_[i].silence_behind);
    writers_[i]->finish();
}

void FileOutput::put(AudioWriter& writer, const PcmBlock& block) const {
    if (block.integers)
        writer.write_integers(block.integers, block.frames);
    else
        writer.write_floats(block.floats, block.frames);
}

void FileOutput::put_silence(AudioWriter& writer, Frames frames) const {
    for_silence(format_, frames, [&](const PcmBlock& block) { put(writer, block); });
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
        if (at_ == cut.from && !writers_[current_]) open(current_);
        const Frames n = std::min(block.frames - done, cut.from + cut.frames - at_);
        put(*writers_[current_], block.slice(done, n));
        done += n, at_ += n;
        if (at_ == cut.from + cut.frames) close(current_++);
    }
}

void FileOutput::finish() {
    for (; current_ < cuts_.size(); ++current_) {  // a stream that ended early leaves its last files short
        if (!writers_[current_]) open(current_);
        close(current_);
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
