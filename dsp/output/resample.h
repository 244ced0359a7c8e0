// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/audio_queue.h"
#include "dsp/core/block_grid.h"
#include "dsp/core/workers.h"

struct soxr;

namespace lathe {

/// How many frames a programme of `frames` has at another rate: frames · to / from, rounded.
Frames resampled_frames(Frames frames, double from, double to);

/// Changes the rate of one programme: libsoxr at its best quality, linear phase, computed in double. Output frame 0 is
/// the instant of input frame 0; before the programme and behind it lies silence. The same samples however the input is
/// cut and however many workers there are.
template <class Sample>
class Resampler {
public:
    /// Throws BadSetting for rates that libsoxr refuses.
    Resampler(int channels, double from, double to, Workers& workers);
    /// in: [channels][any]. Appends to out, [channels], what is now decided.
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out);
    /// The programme has ended: appends the rest, so that resampled_frames() have come in all.
    void finish(AudioQueue<Sample>& out);

private:
    static constexpr Frames block_frames = 8192;
    struct Delete {
        void operator()(soxr* s) const;
    };
    void convert(AudioView<const Sample> in, AudioQueue<Sample>& out);
    void append(Frames count, AudioQueue<Sample>& out);

    double from_, to_;
    Workers& workers_;
    std::vector<std::unique_ptr<soxr, Delete>> converters_;  ///< one a channel
    BlockGrid<Sample> grid_;
    AudioBuffer<Sample> converted_;
    Frames frames_in_ = 0, frames_out_ = 0;
};

/// The library that resamples, with its version.
std::string resampler_version();

}  // namespace lathe
