// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/part_stage.h"

#include <algorithm>
#include <utility>

namespace lathe {

template <class Sample>
PartStage<Sample>::PartStage(std::unique_ptr<StreamStage<Sample>> inner, Channel channel, StageWitness* witness)
    : inner_(std::move(inner)), channel_(channel), proof_(witness) {
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
    if (rounds() && proof_.due(in.frames)) prove_split(in);
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
    if (join_due_) prove_join(audio);
    worked_.drop(frames);
    other_.drop(frames);
}

/// part_ has just been taken from in.
template <class Sample>
void PartStage<Sample>::prove_split(AudioView<const Sample> in) {
    const double sign = channel_ == Channel::mid ? 1 : -1;
    const Sample* const part = part_.view().channel(0);
    for (Frames n = 0; n < std::min(in.frames, StageWitness::window); ++n)
        proof_.add(part[n] - (static_cast<double>(in.channel(0)[n]) + sign * in.channel(1)[n]) / 2);
    join_due_ = true;
}

/// joined: what has just been made of worked_ and other_.
template <class Sample>
void PartStage<Sample>::prove_join(AudioView<const Sample> joined) {
    const Sample* const part = worked_.view().channel(0);
    const Sample* const other = other_.view().channel(0);
    for (Frames n = 0; n < std::min(joined.frames, StageWitness::window); ++n)
        proof_.add(joined.channel(0)[n] - (static_cast<double>(part[n]) + other[n]));
    join_due_ = false;
}

template class PartStage<float>;
template class PartStage<double>;

}  // namespace lathe
