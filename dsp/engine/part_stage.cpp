// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/part_stage.h"

#include <utility>

namespace lathe {

template <class Sample>
PartStage<Sample>::PartStage(std::unique_ptr<StreamStage<Sample>> inner, Channel channel)
    : inner_(std::move(inner)), channel_(channel) {
    assert(inner_->channels_in() == 1 && inner_->channels_out() == 1 && channel_ != Channel::stereo);
}

template <class Sample>
void PartStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    Sample* part = part_.extend(in.frames).channel(0);
    Sample* other = other_.extend(in.frames).channel(0);
    const Sample *left = in.channel(0), *right = in.channel(1);
    for (Frames n = 0; n < in.frames; ++n) {
        const Sample mid = (left[n] + right[n]) / 2, side = (left[n] - right[n]) / 2;
        switch (channel_) {
            case Channel::mid:
                part[n] = mid, other[n] = side;
                break;
            case Channel::side:
                part[n] = side, other[n] = mid;
                break;
            case Channel::right:
                part[n] = right[n], other[n] = left[n];
                break;
            default:
                part[n] = left[n], other[n] = right[n];
                break;
        }
    }
    inner_->push(std::as_const(part_).view(), worked_);
    part_.drop(in.frames);
    join(out);
}

template <class Sample>
void PartStage<Sample>::finish(AudioQueue<Sample>& out) {
    inner_->finish(worked_);
    join(out);
}

template <class Sample>
void PartStage<Sample>::join(AudioQueue<Sample>& out) {
    const Frames frames = worked_.frames();
    if (frames == 0) return;
    const AudioView<Sample> audio = out.extend(frames);
    Sample *left = audio.channel(0), *right = audio.channel(1);
    const Sample *part = worked_.view().channel(0), *other = other_.view().channel(0);
    for (Frames n = 0; n < frames; ++n) {
        switch (channel_) {
            case Channel::mid:
                left[n] = part[n] + other[n], right[n] = part[n] - other[n];
                break;
            case Channel::side:
                left[n] = other[n] + part[n], right[n] = other[n] - part[n];
                break;
            case Channel::right:
                left[n] = other[n], right[n] = part[n];
                break;
            default:
                left[n] = part[n], right[n] = other[n];
                break;
        }
    }
    worked_.drop(frames);
    other_.drop(frames);
}

template class PartStage<float>;
template class PartStage<double>;

}  // namespace lathe
