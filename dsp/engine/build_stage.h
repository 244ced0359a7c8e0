// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "dsp/core/stream_stage.h"
#include "dsp/core/workers.h"
#include "dsp/engine/engine.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// A stage that carries out spec on `channels` channels, recomputed where the witness asks for it: then spec and
/// witness outlive the stage. Throws BadSetting for what cannot be built.
template <class Sample>
std::unique_ptr<StreamStage<Sample>> build_stage(const StageSpec& spec, double rate, int channels, Workers& workers,
                                                 StageWitness* witness = nullptr);

/// A whole plan as one stage.
template <class Sample>
std::unique_ptr<StreamStage<Sample>> build_row(const Plan& plan, Workers& workers, StageWitness* witness = nullptr);

/// What a stage of that name did to the programme, but for its time. Of a splice only the gains are told, each
/// stretch's over that stretch.
template <class Sample>
StageReport report_of(const StreamStage<Sample>& stage, const std::string& name);

}  // namespace lathe
