// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "dsp/core/aligned_memory.h"

namespace lathe {

/// A count of frames, or a place on the frame grid. A frame is one instant of all channels; a sample is one channel of
/// it.
using Frames = std::int64_t;

/// Planar audio that somebody else owns: channels × frames, channel c at data + c · stride.
template <class Sample>
struct AudioView {
    Sample* data = nullptr;
    Frames stride = 0;  ///< samples from one channel's first to the next one's
    int channels = 0;
    Frames frames = 0;

    AudioView() = default;
    AudioView(Sample* first, Frames channel_stride, int channel_count, Frames frame_count)
        : data(first), stride(channel_stride), channels(channel_count), frames(frame_count) {}
    /// A view to read from is had from one to write to.
    template <class Other>
    requires std::is_same_v<const Other, Sample> AudioView(const AudioView<Other>& other)
        : AudioView(other.data, other.stride, other.channels, other.frames) {}

    Sample* channel(int c) const {
        assert(c >= 0 && c < channels);
        return data + c * stride;
    }
    /// count frames from frame `from` on.
    AudioView slice(Frames from, Frames count) const {
        assert(from >= 0 && count >= 0 && from + count <= frames);
        return {data + from, stride, channels, count};
    }
    /// One channel as a view of its own.
    AudioView only(int c) const { return {channel(c), stride, 1, frames}; }
};

/// Planar audio of its own; every channel starts on a 64-byte boundary. New frames are zero.
template <class Sample>
class AudioBuffer {
public:
    AudioBuffer() = default;
    AudioBuffer(int channels, Frames frames)
        : stride_((frames + 15) / 16 * 16),
          channels_(channels),
          frames_(frames),
          samples_(static_cast<std::size_t>(stride_ * channels)) {}

    int channels() const { return channels_; }
    Frames frames() const { return frames_; }
    Sample* channel(int c) { return samples_.data() + c * stride_; }
    const Sample* channel(int c) const { return samples_.data() + c * stride_; }
    AudioView<Sample> view() { return {samples_.data(), stride_, channels_, frames_}; }
    AudioView<const Sample> view() const { return {samples_.data(), stride_, channels_, frames_}; }

private:
    Frames stride_ = 0;
    int channels_ = 0;
    Frames frames_ = 0;
    AlignedVector<Sample> samples_;
};

/// Copies, converting the sample type where they differ. Both views have one shape.
template <class To, class From>
void copy_audio(AudioView<From> from, AudioView<To> to) {
    assert(from.channels == to.channels && from.frames == to.frames);
    for (int c = 0; c < from.channels; ++c) {
        const From* const source = from.channel(c);
        To* const target = to.channel(c);
        if constexpr (std::is_same_v<const To, From> || std::is_same_v<To, From>)
            std::copy_n(source, from.frames, target);
        else
            std::transform(source, source + from.frames, target, [](From x) { return static_cast<To>(x); });
    }
}

}  // namespace lathe
