// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/dynamics/gain_computer.h"
#include "dsp/dynamics/gain_history.h"
#include "dsp/dynamics/gain_smoother.h"
#include "dsp/dynamics/level_follower.h"

namespace lathe {

/// The gains of one band, block by block on a grid from frame 0: level, static curve, link, time constants, makeup,
/// mix.
template <class Sample>
class BandDynamics {
public:
    static constexpr Frames block = 1024;

    /// edge_hz: lower edge of the band. mix multiplies into the band's own. Throws BadSetting (LevelFollower).
    BandDynamics(const BandSettings& settings, double edge_hz, double rate, int channels, double mix);
    /// As it stands, to go on with a history of its own: the other's may be hours long.
    template <class Other>
    explicit BandDynamics(const BandDynamics<Other>& other)
        : settings_(other.settings_),
          mix_(other.mix_),
          moves_(other.moves_),
          lanes_(other.lanes_),
          lookahead_(other.lookahead_),
          computer_(other.computer_),
          detector_(other.detector_),
          smoothers_(other.smoothers_.begin(), other.smoothers_.end()),
          levels_(other.levels_.channels(), other.levels_.frames()),
          changes_(other.changes_.size()),
          recorder_(other.recorder_.anew()) {}

    bool moves() const { return moves_; }  ///< whether its gain can change at all
    bool is_unity() const;                 ///< whether its gain is 1, always
    Frames lookahead() const { return lookahead_; }
    int lanes() const { return lanes_; }  ///< 1: one gain for all channels; else one each

    /// heard: [channels][block], `lookahead()` ahead of the frames that the gains are for. gains: [lanes][block], what
    /// those frames are multiplied by, less 1 if `over_dry`. valid: of the block, the frames that belong to the
    /// programme (all, but in the first blocks and the last); they are entered in history.
    void run(AudioView<const Sample> heard, AudioView<Sample> gains, bool over_dry, Frames valid,
             std::vector<float>& history);

private:
    template <class Other>
    friend class BandDynamics;
    void find_changes(AudioView<const Sample> heard);
    void record(Frames valid, std::vector<float>& history);

    BandSettings settings_;
    double mix_;
    bool moves_;
    int lanes_;
    Frames lookahead_;
    GainComputer computer_;
    LevelFollower<Sample> detector_;
    std::vector<GainSmoother<Sample>> smoothers_;  // one a lane
    AudioBuffer<Sample> levels_;                   // [lanes, and one for the loudest][block]
    std::vector<const Sample*> changes_;           // [lanes], smoothed, of the block in hand
    GainRecorder recorder_;
    Frames recorded_ = 0;
};

}  // namespace lathe
