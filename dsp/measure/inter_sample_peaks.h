// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/measure/true_peak_filter.h"

namespace lathe {

inline constexpr Frames peak_cell = true_peak_cell;  ///< frames that are searched, or skipped, at once
inline constexpr Frames peak_reach_before = 32;      ///< frames read before the first cell
inline constexpr Frames peak_reach_behind = 33;      ///< frames read behind the last

/// Finds where the reconstruction of one channel (TruePeakFilter) may pass a threshold, from coarse to fine. Nothing
/// that passes it is missed: a cell is left out only where a bound proven from the taps lies below the threshold.
template <class Sample>
class PeakSearch {
public:
    /// x: `cells` times 64 frames of one channel, readable from x[−32] to x[64 · cells + 32].
    PeakSearch(const Sample* x, Frames cells);

    Sample sample_peak() const;  ///< of the cells' own frames and the 32 behind them
    /// Whether the cell's reconstruction may reach the threshold, as far as its largest sample and step tell.
    bool may_reach(Frames cell, Sample threshold) const;
    Sample peak_before(Frames cell) const {
        return peak_[static_cast<std::size_t>(2 * cell)];
    }  ///< sample peak of 32 frames
    Sample peak_behind(Frames cell) const {
        return peak_[static_cast<std::size_t>(2 * cell + 3)];
    }  ///< sample peak of 32 frames
    /// Bounds of max |y| over [n, n + 1) for the cell's frames: at_least is reached, at_most is not passed. False, and
    /// nothing is written, where none reaches the threshold.
    bool bounds(Frames cell, Sample threshold, Sample* at_least, Sample* at_most) const;

private:
    Sample reach_peak(Frames cell) const;
    const TruePeakFilter<Sample>& filter_;
    const Sample* x_;
    std::vector<Sample> peak_, step_;  // per 32 frames, from x_ − 32 on
};

/// Raises peaks[n] to the largest magnitude of the reconstruction in [n, n + 1) wherever that is at or above the
/// threshold, elsewhere to some lower bound of it, perhaps 0. x and cells as in PeakSearch.
/// window: only the maxima over that many frames in a row need be right; with 128 or more, an interval may keep a lower
/// bound where a larger peak lies on either side of it less than a window apart.
template <class Sample>
void inter_sample_peaks(const Sample* x, Frames cells, Sample threshold, Frames window, Sample* peaks);

}  // namespace lathe
