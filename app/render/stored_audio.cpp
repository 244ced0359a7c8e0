// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/stored_audio.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/render/records.h"
#include "app/render/working_file.h"

namespace lathe {

template <class Sample>
StoredAudio<Sample>::StoredAudio(int channels, StorageBudget& budget, const Cache* cache)
    : channels_(channels), budget_(budget), cache_(cache) {
    if (cache_) file_ = cache_->draft();
    whole_in_file_ = static_cast<bool>(file_);
}

template <class Sample>
StoredAudio<Sample>::~StoredAudio() {
    for (const Block& block : blocks_)
        if (block.memory) budget_.give_back(block.memory, static_cast<std::size_t>(block_bytes()));
}

template <class Sample>
Frames StoredAudio<Sample>::offset(const Block& block, int channel, Frames frame) const {
    return block.file_offset + (channel * block_frames + frame) * static_cast<Frames>(sizeof(Sample));
}

template <class Sample>
Sample* StoredAudio<Sample>::staging() {
    staging_.resize(static_cast<std::size_t>(block_frames * channels_));
    return staging_.data();
}

template <class Sample>
AudioView<Sample> StoredAudio<Sample>::last_block() {
    Sample* const memory = blocks_.back().memory;
    return {memory ? memory : staging(), block_frames, channels_, block_frames};
}

template <class Sample>
void StoredAudio<Sample>::write(AudioView<const Sample> audio) {
    for (Frames done = 0; done < audio.frames;) {
        const Frames in_block = frames_ % block_frames;
        if (in_block == 0) blocks_.push_back({take_memory(), -1, 0});
        const Frames n = std::min(audio.frames - done, block_frames - in_block);
        copy_audio<Sample>(audio.slice(done, n), last_block().slice(in_block, n));
        done += n;
        frames_ += n;
        if (in_block + n == block_frames) end_block();
    }
}

template <class Sample>
void StoredAudio<Sample>::end_block() {
    Block& block = blocks_.back();
    if (block.memory && !whole_in_file_) return;
    if (!file_) file_ = open_working_file(budget_.folder());
    if (append_to_file(block)) return;
    if (!block.memory) fail_working_file(budget_.folder(), "write");
    whole_in_file_ = false;
}

/// The last block.
template <class Sample>
bool StoredAudio<Sample>::append_to_file(Block& block) {
    const Sample* const samples = last_block().data;
    const auto bytes = static_cast<std::size_t>(block_bytes());
    if (::pwrite(file_.get(), samples, bytes, file_size_) != static_cast<ssize_t>(bytes)) return false;
    block.file_offset = file_size_;
    block.checksum = whole_in_file_ ? XXH3_64bits(samples, bytes) : 0;
    file_size_ += block_bytes();
    return true;
}

template <class Sample>
void StoredAudio<Sample>::read(Frames from, AudioView<Sample> out) const {
    for (Frames done = 0; done < out.frames;) {
        const Block& block = blocks_[static_cast<std::size_t>((from + done) / block_frames)];
        const Frames in_block = (from + done) % block_frames;
        const Frames n = std::min(out.frames - done, block_frames - in_block);
        const Sample* const memory = block.memory ? block.memory : block.file_offset < 0 ? staging_.data() : nullptr;
        if (memory) {
            const AudioView<const Sample> held(memory, block_frames, channels_, block_frames);
            copy_audio<Sample>(held.slice(in_block, n), out.slice(done, n));
        } else {
            for (int c = 0; c < channels_; ++c) {
                const auto bytes = static_cast<std::size_t>(n) * sizeof(Sample);
                if (::pread(file_.get(), out.channel(c) + done, bytes, offset(block, c, in_block)) !=
                    static_cast<ssize_t>(bytes))
                    fail_working_file(budget_.folder(), "read");
            }
        }
        done += n;
    }
}

template <class Sample>
void StoredAudio<Sample>::read_last(Frames from, AudioView<Sample> out) {
    read(from, out);
    for (Frames b = from / block_frames; b < (from + out.frames) / block_frames; ++b)
        give_up(blocks_[static_cast<std::size_t>(b)]);
}

/// A file that the cache has, or may come to have, stays whole; so does one whose file system cannot do it.
template <class Sample>
void StoredAudio<Sample>::give_up(const Block& block) {
    if (block.memory || block.file_offset < 0 || whole_in_file_ || comes_from_cache_) return;
    const int done =
        ::fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, block.file_offset, block_bytes());
    is_given_up_ |= done == 0;
}

template <class Sample>
void StoredAudio<Sample>::keep(const std::string& key, nlohmann::json record) {
    if (!whole_in_file_) return;
    if (const Frames in_block = frames_ % block_frames; in_block != 0) {
        const AudioView<Sample> unused = last_block().slice(in_block, block_frames - in_block);
        for (int c = 0; c < channels_; ++c) std::fill_n(unused.channel(c), unused.frames, Sample(0));
        if (!append_to_file(blocks_.back())) return;
    }
    nlohmann::json checksums = nlohmann::json::array();
    for (const Block& block : blocks_) checksums.push_back(block.checksum);
    const nlohmann::json whole{{"channels", channels_},
                               {"frames", frames_},
                               {"sample_bytes", sizeof(Sample)},
                               {"checksums", std::move(checksums)},
                               {"record", std::move(record)}};
    cache_->keep(file_, file_size_, key, packed(whole));
}

template <class Sample>
std::unique_ptr<StoredAudio<Sample>> StoredAudio<Sample>::find(const Cache& cache, const std::string& key,
                                                               StorageBudget& budget, nlohmann::json& record) {
    std::optional<CacheEntry> entry = cache.find(key);
    if (!entry) return nullptr;
    nlohmann::json whole = unpacked(entry->record);
    if (!whole.is_object() || whole.value("sample_bytes", 0) != static_cast<int>(sizeof(Sample))) return nullptr;
    auto stored = std::make_unique<StoredAudio>(whole.value("channels", 0), budget);
    stored->file_ = std::move(entry->file);
    stored->frames_ = whole.value("frames", Frames{0});
    for (const nlohmann::json& checksum : whole["checksums"])
        stored->blocks_.push_back(
            {nullptr, static_cast<Frames>(stored->blocks_.size()) * stored->block_bytes(), checksum});
    const Frames room = static_cast<Frames>(stored->blocks_.size()) * block_frames;
    if (stored->frames_ > room || entry->payload_bytes < room / block_frames * stored->block_bytes()) return nullptr;
    stored->comes_from_cache_ = true;
    record = std::move(whole["record"]);
    return stored;
}

template <class Sample>
bool StoredAudio<Sample>::load() {
    if (comes_from_cache_) std::call_once(loaded_, [this] { is_sound_ = load_blocks(); });
    return is_sound_ && !is_given_up_;
}

template <class Sample>
bool StoredAudio<Sample>::load_blocks() {
    const auto bytes = static_cast<std::size_t>(block_bytes());
    for (Block& block : blocks_) {
        block.memory = take_memory();
        Sample* const samples = block.memory ? block.memory : staging();
        if (::pread(file_.get(), samples, bytes, block.file_offset) != static_cast<ssize_t>(bytes)) return false;
        if (XXH3_64bits(samples, bytes) != block.checksum) return false;
    }
    return true;
}

template class StoredAudio<float>;
template class StoredAudio<double>;
template class StoredAudio<std::int32_t>;

}  // namespace lathe
