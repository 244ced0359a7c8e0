// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/build_stage.h"

#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/dynamics/clipper.h"
#include "dsp/dynamics/compressor.h"
#include "dsp/dynamics/limiter.h"
#include "dsp/dynamics/multiband.h"
#include "dsp/engine/gain_stage.h"
#include "dsp/engine/part_stage.h"
#include "dsp/engine/splice_stage.h"
#include "dsp/engine/stage_row.h"
#include "dsp/linear/filter_bank.h"

namespace lathe {
namespace {

/// Builds the stage of one kind of work.
template <class Sample>
struct Builder {
    const StageSpec& spec;
    double rate;
    int channels;
    Workers& workers;
    StageWitness* witness;
    using Stage = std::unique_ptr<StreamStage<Sample>>;

    Stage operator()(const LinearSpec& s) const {
        return std::make_unique<LinearStage<Sample>>(*s.matrix, workers, witness);
    }
    Stage operator()(const MultibandSpec& s) const {
        return std::make_unique<MultibandStage<Sample>>(s.settings, s.bands, s.fused, band_lower_edges_hz(s.settings),
                                                        rate, spec.mix, workers, witness);
    }
    Stage operator()(const CompressorSpec& s) const {
        return std::make_unique<CompressorStage<Sample>>(s.settings, channels, rate, spec.mix, workers, witness);
    }
    Stage operator()(const ClipperSpec& s) const {
        return std::make_unique<ClipperStage<Sample>>(s.settings, gain_from_db(s.ceiling_dbtp), spec.mix, channels,
                                                      workers, witness);
    }
    Stage operator()(const LimiterSpec& s) const {
        return std::make_unique<LimiterStage<Sample>>(s.settings, s.ceiling_dbtp, spec.mix, rate, channels, workers,
                                                      witness);
    }
    Stage operator()(const GainSpec& s) const {
        return std::make_unique<GainStage<Sample>>(s, rate, channels, witness);
    }
    Stage operator()(const FadeSpec& s) const { return std::make_unique<FadeStage<Sample>>(s, channels, witness); }
    Stage operator()(const SpliceSpec& s) const {
        const auto build = [plans = s.plans, &hands = workers, seen = witness](std::size_t plan) {
            return build_row<Sample>(plans[plan], hands, seen);
        };
        const auto gains = [plans = s.plans](std::size_t plan, const StreamStage<Sample>& row) {
            std::vector<StageGains> did;
            const auto& stages = dynamic_cast<const StageRow<Sample>&>(row).stages();
            for (std::size_t i = 0; i < stages.size(); ++i)
                for (StageGains& one : report_of(*stages[i], plans[plan].stages[i].name).gains)
                    did.push_back(std::move(one));
            return did;
        };
        return std::make_unique<SpliceStage<Sample>>(s.stretches, build, rate, s.plans.front().channels_in,
                                                     s.plans.front().channels_out, gains);
    }
};

}  // namespace

template <class Sample>
std::unique_ptr<StreamStage<Sample>> build_stage(const StageSpec& spec, double rate, int channels, Workers& workers,
                                                 StageWitness* witness) {
    if (spec.channel == Channel::stereo)
        return std::visit(Builder<Sample>{spec, rate, channels, workers, witness}, spec.work);
    return std::make_unique<PartStage<Sample>>(std::visit(Builder<Sample>{spec, rate, 1, workers, witness}, spec.work),
                                               spec.channel, witness);
}

template <class Sample>
std::unique_ptr<StreamStage<Sample>> build_row(const Plan& plan, Workers& workers, StageWitness* witness) {
    std::vector<std::unique_ptr<StreamStage<Sample>>> stages;
    int channels = plan.channels_in;
    for (const StageSpec& spec : plan.stages) {
        stages.push_back(build_stage<Sample>(spec, plan.rate, channels, workers, witness));
        channels = stages.back()->channels_out();
    }
    return std::make_unique<StageRow<Sample>>(std::move(stages), plan.channels_in);
}

template <class Sample>
StageReport report_of(const StreamStage<Sample>& stage, const std::string& name) {
    if (const auto* const part = dynamic_cast<const PartStage<Sample>*>(&stage)) return report_of(part->inner(), name);
    StageReport report;
    report.name = name;
    const auto take = [&](GainHistory history) {
        if (!history.bands.empty()) report.gains.push_back({name, std::move(history)});
    };
    if (const auto* const multiband = dynamic_cast<const MultibandStage<Sample>*>(&stage)) take(multiband->history());
    if (const auto* const compressor = dynamic_cast<const CompressorStage<Sample>*>(&stage))
        take(compressor->history());
    if (const auto* const splice = dynamic_cast<const SpliceStage<Sample>*>(&stage)) report.gains = splice->gains();
    if (const auto* const limiter = dynamic_cast<const LimiterStage<Sample>*>(&stage)) {
        LimiterReport did = limiter->report();
        report.limiter = {-did.max_reduction_db, -did.mean_reduction_db, did.active_share};
        for (float& reduction_db : did.curve) reduction_db = -reduction_db;
        take({{std::move(did.curve)}});
    }
    return report;
}

template std::unique_ptr<StreamStage<float>> build_stage(const StageSpec&, double, int, Workers&, StageWitness*);
template std::unique_ptr<StreamStage<double>> build_stage(const StageSpec&, double, int, Workers&, StageWitness*);
template std::unique_ptr<StreamStage<float>> build_row(const Plan&, Workers&, StageWitness*);
template std::unique_ptr<StreamStage<double>> build_row(const Plan&, Workers&, StageWitness*);
template StageReport report_of(const StreamStage<float>&, const std::string&);
template StageReport report_of(const StreamStage<double>&, const std::string&);

}  // namespace lathe
