// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/engine/engine.h"

namespace lathe::test {

/// A programme in memory; requests a cancel when it has given `cancel_at` frames.
template <class Sample>
class BufferSource final : public Source<Sample> {
public:
    explicit BufferSource(const AudioBuffer<Sample>& audio, Cancel* cancel = nullptr, Frames cancel_at = 0)
        : audio_(audio), cancel_(cancel), cancel_at_(cancel_at) {}
    int channels() const override { return audio_.channels(); }
    Frames frames() const override { return audio_.frames(); }
    void read(AudioView<Sample> out) override {
        copy_audio<Sample>(audio_.view().slice(at_, out.frames), out);
        at_ += out.frames;
        if (cancel_ && at_ >= cancel_at_) cancel_->request();
    }

private:
    const AudioBuffer<Sample>& audio_;
    Cancel* cancel_;
    Frames cancel_at_, at_ = 0;
};

template <class Sample>
class QueueSink final : public Sink<Sample> {
public:
    explicit QueueSink(int channels) : queue(channels) {}
    void write(AudioView<const Sample> audio) override { queue.append(audio); }
    AudioQueue<Sample> queue;
};

}  // namespace lathe::test
