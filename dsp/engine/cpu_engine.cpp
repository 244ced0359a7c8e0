// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/engine/build_stage.h"
#include "dsp/engine/engine.h"
#include "dsp/engine/tbb_workers.h"

namespace lathe {
namespace {

/// One stage at work, with its hands and its clock.
template <class Sample>
struct StageAtWork {
    std::string name;
    TbbWorkers workers;
    std::unique_ptr<StreamStage<Sample>> stage;
    std::unique_ptr<AudioQueue<Sample>> out;
    double wall_s = 0;

    template <class Work>
    void timed(Work work) {
        const double start = steady_seconds();
        work();
        wall_s += steady_seconds() - start;
    }
    double busy_s() const { return wall_s - workers.waited_s() + workers.parts_s(); }
};

/// What a gain stage multiplies by at the most; 1 for any other.
double largest_gain(const StageSpec& spec) {
    const auto* const gain = std::get_if<GainSpec>(&spec.work);
    double db = gain ? gain->steps.front().gain_db : 0;
    for (std::size_t i = 1; gain && i < gain->steps.size(); ++i) db = std::max(db, gain->steps[i].gain_db);
    return gain_from_db(db);
}

/// Frames taken from the source at a time. Small enough to answer a cancel soon and to stay in the cache, large enough
/// to give every core a part.
Frames chunk_frames(int channels) { return std::max<Frames>(1 << 14, (Frames{1} << 18) / std::max(2, channels)); }

template <class Sample>
class CpuEngine final : public Engine<Sample> {
public:
    std::string name() const override { return "cpu"; }

    std::vector<StageReport> run(const Plan& plan, Source<Sample>& source, Sink<Sample>& sink, Progress& progress,
                                 const Cancel& cancel, Witness* witness) override {
        const FlushSubnormals flush;
        std::vector<std::unique_ptr<StageAtWork<Sample>>> row = build(plan, witness);
        AudioQueue<Sample> in(plan.channels_in);
        for (Frames left = source.frames(); left > 0;) {
            cancel.check();
            const Frames n = std::min(left, chunk_frames(plan.channels_in));
            source.read(in.extend(n));
            left -= n;
            pass(row, in, left == 0, sink, cancel);
            in.drop(n);
            progress.advance(n);
        }
        return reports(row);
    }

private:
    static std::vector<std::unique_ptr<StageAtWork<Sample>>> build(const Plan& plan, Witness* witness) {
        std::vector<std::unique_ptr<StageAtWork<Sample>>> row;
        int channels = plan.channels_in;
        for (const StageSpec& spec : plan.stages) {
            auto at_work = std::make_unique<StageAtWork<Sample>>();
            at_work->name = spec.name;
            if (witness) witness->amplify(largest_gain(spec));
            at_work->stage = build_stage<Sample>(spec, plan.rate, channels, at_work->workers, witness);
            channels = at_work->stage->channels_out();
            at_work->out = std::make_unique<AudioQueue<Sample>>(channels);
            row.push_back(std::move(at_work));
        }
        return row;
    }

    static void pass(std::vector<std::unique_ptr<StageAtWork<Sample>>>& row, AudioQueue<Sample>& in, bool last,
                     Sink<Sample>& sink, const Cancel& cancel) {
        AudioQueue<Sample>* from = &in;
        for (const auto& at_work : row) {
            cancel.check();
            at_work->timed([&] {
                at_work->stage->push(std::as_const(*from).view(), *at_work->out);
                if (last) at_work->stage->finish(*at_work->out);
            });
            if (from != &in) from->drop(from->frames());
            from = at_work->out.get();
        }
        if (!from->empty()) sink.write(std::as_const(*from).view());
        if (from != &in) from->drop(from->frames());
    }

    static std::vector<StageReport> reports(const std::vector<std::unique_ptr<StageAtWork<Sample>>>& row) {
        std::vector<StageReport> list;
        for (const auto& at_work : row)
            list.push_back({at_work->name, at_work->busy_s(), limiter_activity(*at_work->stage)});
        return list;
    }
};

}  // namespace

template <class Sample>
std::unique_ptr<Engine<Sample>> cpu_engine() {
    return std::make_unique<CpuEngine<Sample>>();
}
template std::unique_ptr<Engine<float>> cpu_engine<float>();
template std::unique_ptr<Engine<double>> cpu_engine<double>();

}  // namespace lathe
