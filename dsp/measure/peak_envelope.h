// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/block_grid.h"

namespace lathe {

/// The largest |sample| of all channels in each `cell` frames of a programme, the last of them perhaps incomplete. The
/// same bits however the programme is cut.
template <class Sample>
class PeakEnvelope {
public:
    explicit PeakEnvelope(int channels) : grid_(channels, cell), largest_(cell) {}
    static constexpr Frames cell = 64;

    void push(AudioView<const Sample> in);
    void finish();
    const std::vector<float>& peaks() const { return peaks_; }

private:
    void measure(AudioView<const Sample> in);

    BlockGrid<Sample> grid_;
    AlignedVector<Sample> largest_;
    std::vector<float> peaks_;
};

}  // namespace lathe
