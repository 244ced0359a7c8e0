// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"
#include "dsp/core/audio_queue.h"

namespace lathe {

/// A processor at work on one programme. Frames go in in order and come out in order, as many as went in, and output
/// frame n belongs to input frame n: what a stage must read ahead it keeps back until later frames, or the end, bring
/// it. Before the programme and behind it lies silence. The samples are the same however the input is cut and however
/// many workers there are.
template <class Sample>
class StreamStage {
public:
    virtual ~StreamStage() = default;
    virtual int channels_in() const = 0;
    virtual int channels_out() const = 0;
    /// in: [channels_in][any]. Appends to out, [channels_out], every frame that is now decided.
    virtual void push(AudioView<const Sample> in, AudioQueue<Sample>& out) = 0;
    /// The programme has ended: appends the frames still kept back. Nothing may be pushed afterwards.
    virtual void finish(AudioQueue<Sample>& out) = 0;
};

}  // namespace lathe
