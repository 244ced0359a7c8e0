// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/block_grid.h"
#include "dsp/measure/hop_grid.h"
#include "dsp/measure/hop_window.h"

namespace lathe {

/// One channel's levels over time, a value a hop, linear: the largest sample of the hop; the RMS of the 400 ms and the
/// mean of the 3 s that end with it (of all there are, until so much has passed).
struct ChannelCurves {
    std::vector<float> sample_peak, rms, dc_offset;
};
/// How the first two channels go together, a value a hop, over the 400 ms that end with it (of all there are, until so
/// much has passed); NaN where that is undefined.
struct StereoCurves {
    std::vector<float> correlation;  ///< Σ LR / √(Σ L² Σ R²); undefined if one is silent
    std::vector<float> width;  ///< the side's share of the energy of mid and side: 0 mono, ½ unrelated channels of
                               ///< one level, or one alone, 1 opposite; undefined if both are silent
};

/// Measures plain levels hop by hop; a last incomplete hop counts. The same bits however the programme is cut.
template <class Sample>
class HopLevels {
public:
    HopLevels(int channels, double rate);
    void push(AudioView<const Sample> in);
    /// The programme has ended.
    void finish();

    const std::vector<ChannelCurves>& channels() const { return channels_; }
    const StereoCurves& stereo() const { return stereo_; }  ///< empty for one channel

private:
    static constexpr Frames block_frames = 1024;

    void measure(AudioView<const Sample> in);
    void add(AudioView<const double> part);
    void end_hop();
    void end_stereo(std::span<const double> sums);

    BlockGrid<Sample> grid_;
    AudioBuffer<double> wide_;
    HopGrid hops_;
    std::vector<double> energies_;  ///< of this hop: its frames, Σ LR, then Σ x² of each channel
    std::vector<double> sums_;      ///< its frames, then Σ x of each channel
    std::vector<double> peaks_;
    HopWindow momentary_, short_term_;
    std::vector<ChannelCurves> channels_;
    StereoCurves stereo_;
};

/// Σ LR / √(Σ L² Σ R²); NaN if one is silent.
float correlation_of(double left, double right, double product);

}  // namespace lathe
