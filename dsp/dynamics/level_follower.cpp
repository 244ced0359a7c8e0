// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/level_follower.h"

#include <algorithm>
#include <cmath>

#include "dsp/dynamics/one_pole.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"
#include "dsp/simd/scans.h"

namespace lathe {

template <class Sample>
LevelFollower<Sample>::LevelFollower(const BandSettings& settings, double edge_hz, double rate, int channels,
                                     bool joint, Frames block)
    : rms_(settings.detector == LevelDetector::rms),
      joint_(joint),
      channels_(channels),
      block_(block),
      mean_pole_(pole_of(settings.release_ms, rate)),
      carries_(static_cast<std::size_t>(channels)),
      one_(static_cast<std::size_t>(block)) {
    if (settings.sidechain_hp_hz > 0) {
        filters_.assign(static_cast<std::size_t>(channels), SidechainFilter(settings.sidechain_hp_hz, rate));
        filtered_ = AudioBuffer<Sample>(channels, block);
    }
    const auto half_period = static_cast<Frames>(std::ceil(rate / (2 * std::max(edge_hz, 20.0))));
    if (rms_)
        squares_.assign(static_cast<std::size_t>(channels), BlockMemory<Sample>(block, scan_history));
    else
        holds_.assign(static_cast<std::size_t>(lanes()), PeakHold<Sample>(half_period, block));
}

template <class Sample>
void LevelFollower<Sample>::run(AudioView<const Sample> heard, AudioView<Sample> levels) {
    for (int c = 0; c < channels_ && !filters_.empty(); ++c)
        filters_[static_cast<std::size_t>(c)].run(heard.channel(c), filtered_.channel(c), block_);
    const AudioView<const Sample> used = filters_.empty() ? heard : std::as_const(filtered_).view();
    rms_ ? run_rms(used, levels) : run_peak(used, levels);
}

template <class Sample>
void LevelFollower<Sample>::run_peak(AudioView<const Sample> heard, AudioView<Sample> levels) {
    const int together = joint_ ? channels_ : 1;
    for (int lane = 0; lane < lanes(); ++lane) {
        PeakHold<Sample>& hold = holds_[static_cast<std::size_t>(lane)];
        run_kernel<LargestMagnitude>(static_cast<const Sample*>(heard.channel(lane)),
                                     static_cast<std::ptrdiff_t>(heard.stride), together, floor, hold.input(),
                                     static_cast<std::size_t>(block_));
        hold.run(levels.channel(lane));
    }
}

template <class Sample>
void LevelFollower<Sample>::run_rms(AudioView<const Sample> heard, AudioView<Sample> levels) {
    const auto n = static_cast<std::size_t>(block_);
    for (int c = 0; c < channels_; ++c) {
        const auto k = static_cast<std::size_t>(c);
        Sample* mean = joint_ && c > 0 ? one_.data() : levels.channel(c);
        run_kernel<FlooredSquare>(static_cast<const Sample*>(heard.channel(c)), floor, squares_[k].block(), n);
        run_kernel<OnePoleScan>(mean_pole_, static_cast<const Sample*>(squares_[k].block()), mean, n,
                                carries_[k].data());
        squares_[k].advance();
        if (mean == one_.data())
            run_kernel<LargerOf>(static_cast<const Sample*>(mean), static_cast<const Sample*>(levels.channel(0)),
                                 levels.channel(0), n);
    }
}

template class LevelFollower<float>;
template class LevelFollower<double>;

}  // namespace lathe
