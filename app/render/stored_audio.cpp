// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/stored_audio.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "dsp/core/error.h"

namespace lathe {
namespace {

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what) {
    throw SystemError(
        fmt::format("{}: cannot {} the working file: {}; free some space or name another folder with --cache",
                    folder.string(), what, std::strerror(errno)));
}

int open_unlinked(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    std::string name = (folder / "lathe-XXXXXX").string();
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) fail(folder, "make");
    ::unlink(name.c_str());
    return file;
}

}  // namespace

template <class Sample>
StoredAudio<Sample>::StoredAudio(int channels, StorageBudget& budget) : channels_(channels), budget_(budget) {}

template <class Sample>
StoredAudio<Sample>::~StoredAudio() {
    budget_.memory_left += charged_;
    if (file_ >= 0) ::close(file_);
}

template <class Sample>
void StoredAudio<Sample>::start_block() {
    const Frames bytes = block_frames * channels_ * static_cast<Frames>(sizeof(Sample));
    Block& block = blocks_.emplace_back();
    if (budget_.memory_left.fetch_sub(bytes) >= bytes) {
        charged_ += bytes;
        block.memory = AudioBuffer<Sample>(channels_, block_frames);
        return;
    }
    budget_.memory_left += bytes;
    if (file_ < 0) file_ = open_unlinked(budget_.folder);
    block.file_offset = file_size_;
    file_size_ += bytes;
}

template <class Sample>
Frames StoredAudio<Sample>::offset(const Block& block, int channel, Frames frame) const {
    return block.file_offset + (channel * block_frames + frame) * static_cast<Frames>(sizeof(Sample));
}

template <class Sample>
void StoredAudio<Sample>::write(AudioView<const Sample> audio) {
    for (Frames done = 0; done < audio.frames;) {
        const Frames in_block = frames_ % block_frames;
        if (in_block == 0) start_block();
        Block& block = blocks_.back();
        const Frames n = std::min(audio.frames - done, block_frames - in_block);
        if (block.file_offset < 0) {
            copy_audio<Sample>(audio.slice(done, n), block.memory.view().slice(in_block, n));
        } else {
            for (int c = 0; c < channels_; ++c) {
                const auto bytes = static_cast<std::size_t>(n) * sizeof(Sample);
                if (::pwrite(file_, audio.channel(c) + done, bytes, offset(block, c, in_block)) !=
                    static_cast<ssize_t>(bytes))
                    fail(budget_.folder, "write");
            }
        }
        done += n;
        frames_ += n;
    }
}

template <class Sample>
void StoredAudio<Sample>::read(Frames from, AudioView<Sample> out) const {
    for (Frames done = 0; done < out.frames;) {
        const Block& block = blocks_[static_cast<std::size_t>((from + done) / block_frames)];
        const Frames in_block = (from + done) % block_frames;
        const Frames n = std::min(out.frames - done, block_frames - in_block);
        if (block.file_offset < 0) {
            copy_audio<Sample>(block.memory.view().slice(in_block, n), out.slice(done, n));
        } else {
            for (int c = 0; c < channels_; ++c) {
                const auto bytes = static_cast<std::size_t>(n) * sizeof(Sample);
                if (::pread(file_, out.channel(c) + done, bytes, offset(block, c, in_block)) !=
                    static_cast<ssize_t>(bytes))
                    fail(budget_.folder, "read");
            }
        }
        done += n;
    }
}

template class StoredAudio<float>;
template class StoredAudio<double>;
template class StoredAudio<std::int32_t>;

}  // namespace lathe
