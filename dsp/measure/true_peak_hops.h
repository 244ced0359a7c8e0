// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/measure/hop_grid.h"

namespace lathe {

/// The contract's true-peak meter read hop by hop, for one channel: the largest reconstructed magnitude between each
/// hop's first frame and the next hop's. What rings before the programme counts to its first hop, what rings behind it
/// to its last. The largest of all is TruePeakMeter's. The same bits however the programme is cut.
template <class Sample>
class TruePeakHops {
public:
    explicit TruePeakHops(double rate);

    void push(const Sample* x, Frames count);
    /// The programme has ended.
    void finish();
    /// Linear; at least one. The last may still grow until finish().
    const std::vector<float>& peaks() const { return peaks_; }

private:
    void search(Frames cells);

    AudioQueue<Sample> queue_;  // from 32 frames before the first cell not yet searched
    Frames next_;               // that cell's first frame
    Frames frames_ = 0;         // of the programme
    HopGrid grid_;              // of what has been searched, from frame 0 on
    std::vector<float> peaks_;
};

}  // namespace lathe
