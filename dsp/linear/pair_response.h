// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/workers.h"
#include "dsp/fft/lane_fft.h"
#include "dsp/linear/block_plan.h"
#include "dsp/linear/spectra.h"
#include "dsp/linear/wet_dry.h"

namespace lathe {

/// How two channels x, y come through filters into two others u, v. Null: no connection.
struct PairFirs {
    const WetFir *xu = nullptr, *yu = nullptr, *xv = nullptr, *yv = nullptr;
    auto operator<=>(const PairFirs&) const = default;
    bool mix() const { return yu || xv; }
};

/// Those filters for the transform of x + i y into that of u + i v: u + iv = straight · (x + iy) + crossed · (x − iy),
/// where crossed is needed only if the channels are mixed or treated unlike; if they are not mixed, both parts are
/// those of real taps, of which half a spectrum tells all. In partitions, made in double and rounded once, divided by
/// the transform's size so that unscaled transforms come out right. Nothing is trimmed, however quiet, but partitions
/// that are exactly zero.
template <class Sample>
class PairResponse {
public:
    struct Part {
        Frames delay;  ///< hops
        LaneResponse<Sample> response;
    };
    /// y_sounds, v_wanted: whether there is a second channel in, out. The tap at time t becomes tap t + ahead of a
    /// causal response; ahead: at least as much as every filter reads ahead.
    PairResponse(const PairFirs& firs, bool y_sounds, bool v_wanted, Frames ahead, const BlockPlan& plan,
                 const LaneFft<Sample>& fft, Workers& workers);
    const std::vector<Part>& parts() const { return parts_; }

private:
    Spectra<Sample> spectra_;
    std::vector<Part> parts_;
};

}  // namespace lathe
