// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// One channel's waveform at one zoom: for each cell of so many frames the lowest and the highest sample and the RMS,
/// linear. The last cell may hold fewer frames.
struct WaveformLevel {
    Frames cell_frames = 0;
    std::vector<float> low, high, rms;
};

/// One channel's waveform at every zoom: level 0 has cells of 256 frames, each next one cells of twice as many, the
/// last one cell. A single sample is seen at each of them.
struct Waveform {
    static constexpr Frames finest_cell = 256;
    Frames frames = 0;
    std::vector<WaveformLevel> levels;
};

/// All levels above the first, from it.
Waveform waveform_from(WaveformLevel finest, Frames frames);

/// Gathers the finest level. The same bits however the programme is cut.
template <class Sample>
class WaveformMeter {
public:
    void push(const Sample* x, Frames count);
    /// The programme has ended. Call once.
    Waveform finish();

private:
    void add(const Sample* x, Frames count);

    WaveformLevel finest_{Waveform::finest_cell, {}, {}, {}};
    std::vector<Sample> held_;  ///< the frames of a cell that is not whole
    Frames frames_ = 0;
};

}  // namespace lathe
