// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/block_grid.h"
#include "dsp/measure/hop_grid.h"
#include "dsp/measure/k_weighting.h"
#include "dsp/measure/loudness_blocks.h"

namespace lathe {

/// How a mono programme is weighed: as one channel (BS.1770), or as the pair of loudspeakers that will play it, 3.01 LU
/// louder.
enum class MonoWeight { single, dual };

/// The weights of the channel sum, BS.1770-5 Table 4, for channels in the order of WAV files: 3 are L R C; 4: L R Ls
/// Rs; 5: L R C Ls Rs; 6: L R C LFE Ls Rs; 7: L R C LFE Cs Ls Rs; 8: L R C LFE Lb Rb Ls Rs. Sides and 5.1
/// surrounds 1.41, LFE 0, all else, and any other count, 1.
std::vector<double> channel_weights(int channels, MonoWeight mono = MonoWeight::single);

/// Loudness over time: value k is that of the 400 ms, and of the 3 s, that end with hop k. −∞ for silence, NaN where
/// the programme has not lasted that long. The largest are momentary_max_lufs() and short_term_max_lufs() to float.
struct LoudnessCurves {
    std::vector<float> momentary_lufs, short_term_lufs;
};

/// Measures the loudness of one programme, BS.1770-5 and EBU Tech 3341, on the grid of hops; a last incomplete one is
/// discarded. The same bits however the programme is cut.
template <class Sample>
class LoudnessMeter {
public:
    /// curves: appended to, if given; outlives this.
    LoudnessMeter(int channels, double rate, MonoWeight mono = MonoWeight::single, LoudnessCurves* curves = nullptr);
    void push(AudioView<const Sample> in);
    /// The programme has ended.
    void finish();
    /// What has been measured: all of it after finish().
    const LoudnessBlocks& blocks() const { return blocks_; }

private:
    static constexpr Frames block_frames = 1024, piece_frames = 128;  // a piece is filtered in the first cache
    static constexpr int hops_a_step = 10;

    void measure(AudioView<const Sample> in);
    void end_hop();
    double mean_power(int hops) const;
    /// The mean power of the last hops into a maximum and a curve.
    void follow(int hops, double& largest, std::vector<float> LoudnessCurves::*curve);

    std::vector<double> weights_;
    KWeighting filter_;
    BlockGrid<Sample> grid_;
    AudioBuffer<double> wide_, filtered_;
    HopGrid hop_grid_;
    double hop_energy_ = 0;
    std::array<double, hops_a_step> hops_{};       ///< energies of the last 10 hops
    std::array<double, short_term_hops> steps_{};  ///< of the 100 ms that ended with each of the last 300
    LoudnessBlocks blocks_;
    LoudnessCurves* curves_;
};

}  // namespace lathe
