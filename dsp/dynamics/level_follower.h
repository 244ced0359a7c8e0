// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "dsp/dynamics/block_memory.h"
#include "dsp/dynamics/dynamics_settings.h"
#include "dsp/dynamics/peak_hold.h"
#include "dsp/dynamics/sidechain_filter.h"

namespace lathe {

/// What a band's detector hears, block by block: the level of the loudest channel, or of each.
/// Peak: the largest magnitude of the last half period of the band's lower edge, so that a sine reads its amplitude.
/// Rms: the mean square by one pole of release_ms. Levels are at least −200 dBFS.
template <class Sample>
class LevelFollower {
public:
    /// edge_hz: lower edge of the band, taken as 20 Hz at least. joint: the loudest channel's level alone.
    /// Throws BadSetting if sidechain_hp_hz is not below rate / 2.
    LevelFollower(const BandSettings& settings, double edge_hz, double rate, int channels, bool joint, Frames block);

    template <class Other>
    explicit LevelFollower(const LevelFollower<Other>& other)
        : rms_(other.rms_),
          joint_(other.joint_),
          channels_(other.channels_),
          block_(other.block_),
          filters_(other.filters_),
          filtered_(other.filtered_.channels(), other.filtered_.frames()),
          holds_(other.holds_.begin(), other.holds_.end()),
          mean_pole_(other.mean_pole_),
          squares_(other.squares_.begin(), other.squares_.end()),
          carries_(other.carries_),
          one_(other.one_.size()) {}

    int lanes() const { return joint_ ? 1 : channels_; }
    /// heard: [channels][block]; levels: [lanes][block], amplitudes for peak, mean squares for rms.
    void run(AudioView<const Sample> heard, AudioView<Sample> levels);

private:
    template <class Other>
    friend class LevelFollower;
    void run_peak(AudioView<const Sample> heard, AudioView<Sample> levels);
    void run_rms(AudioView<const Sample> heard, AudioView<Sample> levels);

    static constexpr Sample floor = Sample(1e-10);
    bool rms_, joint_;
    int channels_;
    Frames block_;
    std::vector<SidechainFilter> filters_;  // one a channel, or none
    AudioBuffer<Sample> filtered_;
    std::vector<PeakHold<Sample>> holds_;  // one a lane
    double mean_pole_;
    std::vector<BlockMemory<Sample>> squares_;  // one a channel
    std::vector<std::array<double, 16>> carries_;
    AlignedVector<Sample> one_;
};

}  // namespace lathe
