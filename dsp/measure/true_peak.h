// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/workers.h"
#include "dsp/measure/largest_peak.h"

namespace lathe {

/// The contract's true-peak meter: the largest of the samples and of their 32x interpolation (TruePeakFilter), silence
/// before the programme and behind it included. Equals the exhaustive sum of 64 taps in double at each of 32 phases:
/// what is skipped is proven to lie below the maximum (test: "true peak: equals the direct sum at every phase"). A
/// peak's frame may be −1.
template <class Sample>
class TruePeakMeter {
public:
    TruePeakMeter(int channels, Workers& workers);

    /// audio: [channels][any]; frames follow those pushed before, however they are cut.
    void push(AudioView<const Sample> audio);
    /// The programme has ended. Until then its last 96 frames may not have been counted.
    void finish();

    int channels() const { return static_cast<int>(peaks_.size()); }
    const PeakAt& true_peak(int channel) const { return peaks_[static_cast<std::size_t>(channel)]; }
    double sample_peak(int channel) const { return sample_peaks_[static_cast<std::size_t>(channel)]; }
    PeakAt true_peak() const;  ///< over all channels; of equals the earliest
    double sample_peak() const;

private:
    void search(Frames cells);

    Workers& workers_;
    AudioQueue<Sample> queue_;  // from 32 frames before the first cell not yet searched
    Frames next_;               // that cell's first frame
    std::vector<PeakAt> peaks_;
    std::vector<double> sample_peaks_;
};

}  // namespace lathe
