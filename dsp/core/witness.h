// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "dsp/core/stage_witness.h"

namespace lathe {

/// Watches a run: at some places of the programme every stage is recomputed in double, from what that stage itself was
/// given and the state it was in, and what its own frames differ by is kept. Together: the run's null certificate.
class Witness {
public:
    /// frames: of the programme. Eight places at least, and one a minute; spread evenly.
    Witness(Frames frames, double rate);

    const std::vector<Frames>& places() const { return places_; }  ///< the first frame of each, ascending

    /// Another stage, behind those before; good for as long as the witness.
    StageWitness& add_stage(std::string name) { return stages_.emplace_back(std::move(name), places_); }
    /// One that an earlier run found.
    void add_stage(StageWitness found) { stages_.push_back(std::move(found)); }
    /// What another witness found in a run that this one goes on from, before any stage of its own.
    void include(const Witness& before) { stages_ = before.stages_; }
    const std::deque<StageWitness>& stages() const { return stages_; }

    std::int64_t samples() const;  ///< recomputed, over all parts
    double rms() const;            ///< root of the sum of the parts' powers
    double peak() const;           ///< sum of the parts' peaks

private:
    /// By how much the power of a stage's errors grows up to the end.
    double raised(const StageWitness& stage) const;

    std::vector<Frames> places_;
    std::deque<StageWitness> stages_;
};

}  // namespace lathe
