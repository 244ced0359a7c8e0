// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

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

/// Tells a witness, if there is one, which stage is at work, and what it gives out where a place begins.
class Watch {
public:
    explicit Watch(Witness* witness) : witness_(witness), first_(witness ? witness->stages() : 0) {}
    Witness* witness() const { return witness_; }
    void add(const StageSpec& spec) {
        if (witness_) witness_->add_stage({spec.name});
    }
    /// The next frames of the programme are on their way.
    void take(Frames frames) {
        taken_ += frames;
        due_ = false;
        while (witness_ && next_ < witness_->places().size() && witness_->places()[next_] < taken_) {
            due_ = true;
            ++next_;
        }
    }
    void enter(std::size_t stage) {
        if (witness_) witness_->enter_stage(first_ + stage);
    }
    template <class Sample>
    void hear(const AudioQueue<Sample>& out) {
        if (due_) witness_->hear(out.view());
    }

private:
    Witness* witness_;
    std::size_t first_, next_ = 0;
    Frames taken_ = 0;
    bool due_ = false;
};

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
        Watch watch(witness);
        Row row = build(plan, watch);
        AudioQueue<Sample> in(plan.channels_in);
        for (Frames left = source.frames(); left > 0;) {
            cancel.check();
            const Frames n = std::min(left, chunk_frames(plan.channels_in));
            source.read(in.extend(n));
            left -= n;
            watch.take(n);
            pass(row, in, left == 0, watch, sink, cancel);
            in.drop(n);
            progress.advance(n);
        }
        return reports(row);
    }

private:
    using Row = std::vector<std::unique_ptr<StageAtWork<Sample>>>;

    static Row build(const Plan& plan, Watch& watch) {
        Row row;
        int channels = plan.channels_in;
        for (const StageSpec& spec : plan.stages) {
            auto at_work = std::make_unique<StageAtWork<Sample>>();
            at_work->name = spec.name;
            watch.add(spec);
            at_work->stage = build_stage<Sample>(spec, plan.rate, channels, at_work->workers, watch.witness());
            channels = at_work->stage->channels_out();
            at_work->out = std::make_unique<AudioQueue<Sample>>(channels);
            row.push_back(std::move(at_work));
        }
        return row;
    }

    static void pass(Row& row, AudioQueue<Sample>& in, bool last, Watch& watch, Sink<Sample>& sink,
                     const Cancel& cancel) {
        AudioQueue<Sample>* from = &in;
        for (std::size_t stage = 0; stage < row.size(); ++stage) {
            cancel.check();
            const auto& at_work = row[stage];
            watch.enter(stage);
            at_work->timed([&] {
                at_work->stage->push(std::as_const(*from).view(), *at_work->out);
                if (last) at_work->stage->finish(*at_work->out);
            });
            if (from != &in) from->drop(from->frames());
            from = at_work->out.get();
            watch.hear(*from);
        }
        if (!from->empty()) sink.write(std::as_const(*from).view());
        if (from != &in) from->drop(from->frames());
    }

    static std::vector<StageReport> reports(const Row& row) {
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
