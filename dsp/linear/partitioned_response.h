// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/linear/block_plan.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// The spectra of a response's partitions, made in double and rounded once, divided by the transform's size so that
/// unscaled transforms come out right. Nothing is trimmed, however quiet, but partitions that are exactly zero.
template <class Sample>
class PartitionedResponse {
public:
    struct Part {
        Frames delay;                    ///< hops
        AlignedVector<Sample> spectrum;  ///< SpectrumShape
    };
    /// The tap at time t becomes tap t + ahead of a causal response; ahead: at least fir.origin.
    PartitionedResponse(const Fir& fir, Frames ahead, const BlockPlan& plan);
    const std::vector<Part>& parts() const { return parts_; }

private:
    std::vector<Part> parts_;
};

}  // namespace lathe
