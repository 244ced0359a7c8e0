// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>

#include "dsp/core/audio.h"

namespace lathe {

/// Planar frames in the order they came: appended at the back, dropped from the front. Growth moves the frames, so a
/// view is good until the next append.
template <class Sample>
class AudioQueue {
public:
    explicit AudioQueue(int channels) : channels_(channels) {}
    AudioQueue(AudioQueue&&) noexcept = default;
    AudioQueue& operator=(AudioQueue&&) noexcept = default;
    AudioQueue(const AudioQueue& other) : AudioQueue(other.channels()) { append(other.view()); }
    /// The first `most` frames of another one, converted.
    template <class Other>
    explicit AudioQueue(const AudioQueue<Other>& other, Frames most = std::numeric_limits<Frames>::max())
        : AudioQueue(other.channels()) {
        const Frames count = std::min(most, other.frames());
        copy_audio(other.view().slice(0, count), extend(count));
    }

    int channels() const { return channels_; }
    Frames frames() const { return end_ - begin_; }
    bool empty() const { return begin_ == end_; }

    /// The frames held, oldest first.
    AudioView<const Sample> view() const { return {samples_.get() + begin_, capacity_, channels_, frames()}; }
    AudioView<Sample> view() { return {samples_.get() + begin_, capacity_, channels_, frames()}; }

    /// Makes room for so many frames at once, which takes no memory before they come.
    void reserve(Frames count) {
        if (count > capacity_) make_room(count - frames());
    }
    /// Makes room for count frames at the back and returns it, to be written by the caller (its content is undefined).
    AudioView<Sample> extend(Frames count) {
        if (end_ + count > capacity_) make_room(count);
        AudioView<Sample> room{samples_.get() + end_, capacity_, channels_, count};
        end_ += count;
        return room;
    }
    void append(AudioView<const Sample> audio) { copy_audio(audio, extend(audio.frames)); }
    void append_silence(Frames count) {
        const AudioView<Sample> room = extend(count);
        for (int c = 0; c < channels_; ++c) std::fill_n(room.channel(c), count, Sample(0));
    }
    void drop(Frames count) {
        assert(count >= 0 && count <= frames());
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }

private:
    void make_room(Frames count) {
        const Frames held = frames();
        const Frames wanted = held + count;
        if (wanted <= capacity_ && begin_ >= held) {  // sliding down is cheap: it moves less than was dropped
            for (int c = 0; c < channels_; ++c)
                std::copy_n(samples_.get() + c * capacity_ + begin_, held, samples_.get() + c * capacity_);
        } else {
            const Frames grown = (std::max(wanted, capacity_ * 2) + 15) / 16 * 16;
            AlignedArray<Sample> moved = unset_array<Sample>(static_cast<std::size_t>(grown * channels_));
            for (int c = 0; c < channels_; ++c)
                std::copy_n(samples_.get() + c * capacity_ + begin_, held, moved.get() + c * grown);
            samples_ = std::move(moved);
            capacity_ = grown;
        }
        begin_ = 0;
        end_ = held;
    }

    int channels_;
    Frames begin_ = 0, end_ = 0, capacity_ = 0;
    AlignedArray<Sample> samples_;
};

}  // namespace lathe
