// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/workers.h"

namespace lathe {

/// The frames of one window length that are taken from a programme: half a window apart (a quarter in short programmes)
/// or, in a long one, some hundreds spread evenly.
struct FrameSchedule {
    Frames size = 0;  ///< frames of audio that a window holds
    int count = 0;
    Frames last = 0;  ///< where the last one starts
    Frames start(int frame) const { return count > 1 ? last * frame / (count - 1) : 0; }
};
FrameSchedule frame_schedule(Frames programme, Frames size);

/// Levels over time at many pitches, and what they say together.
class FrameStatistics {
public:
    FrameStatistics(int frames, int points);

    /// The levels of one frame, in dB, to be filled in. Different frames may be filled by different threads.
    std::span<float> row(int frame);

    /// Percentiles, over the frames with sound, of the level less its mean within ±reach points. A frame has sound
    /// around a point if that mean is above −110 dB and less than 30 dB below what it reaches in the loudest
    /// twentieth of the frames; deviations are 0 where fewer than 3 frames or 2 % have.
    /// out: [shares][points]; presence: [points], the share of frames with sound, or empty.
    void deviations(int reach, std::span<const double> shares, float* out, std::span<float> presence, Workers& workers);

private:
    int frames_, points_;
    std::vector<float> levels_, surroundings_;  ///< [frames][points]
};

}  // namespace lathe
