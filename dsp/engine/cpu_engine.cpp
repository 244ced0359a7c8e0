// SPDX-License-Identifier: GPL-3.0-or-later
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "dsp/engine/build_stage.h"
#include "dsp/engine/engine.h"
#include "dsp/threads/in_parallel.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

/// One stage at work, with its hands, its witness and its clock.
template <class Sample>
struct StageAtWork {
    std::string name;
    TbbWorkers workers{TbbWorkers::Waiting::helps};
    StageWitness* witness = nullptr;
    std::unique_ptr<StreamStage<Sample>> stage;
    double wall_s = 0;

    template <class Work>
    void timed(Work work) {
        const double start = steady_seconds();
        work();
        wall_s += steady_seconds() - start;
    }
    double busy_s() const { return wall_s - workers.waited_s() + workers.parts_s(); }
};

/// A chunk of the programme on its way down the row of stages.
template <class Sample>
struct Chunk {
    std::vector<AudioQueue<Sample>> at;  ///< what the source and each stage gave out
    Frames taken = 0;                    ///< from the source
    bool is_last = false;
};

/// Frames taken from the source at a time: few enough to answer a cancel soon, and to be in the cache still when the
/// next stage comes to them.
Frames chunk_frames(int channels) { return std::max<Frames>(1 << 14, (Frames{1} << 16) / std::max(2, channels)); }

/// The stages work at once, each on a chunk of its own, and hand the chunks on in order: so that one programme keeps
/// several cores busy, and its bits are those of one. A stage's parts are shared out besides; who waits for the last of
/// them takes another chunk of the programme through other stages meanwhile.
template <class Sample>
class CpuEngine final : public Engine<Sample> {
public:
    std::string name() const override { return "cpu"; }

    std::vector<StageReport> run(const Plan& plan, Source<Sample>& source, Sink<Sample>& sink, Progress& progress,
                                 const Cancel& cancel, Witness* witness) override {
        Row row;
        isolated([&] {
            row = build(plan, witness);
            if (source.frames() > 0) run_chunks(plan, row, source, sink, progress, cancel);
        });
        return reports(row);
    }

private:
    using Row = std::vector<std::unique_ptr<StageAtWork<Sample>>>;

    /// All stages at once: a long response takes longer to prepare than a short programme to run.
    static Row build(const Plan& plan, Witness* witness) {
        Row row;
        std::vector<int> channels{plan.channels_in};
        for (const StageSpec& spec : plan.stages) {
            row.push_back(std::make_unique<StageAtWork<Sample>>());
            row.back()->name = spec.name;
            if (witness) row.back()->witness = &witness->add_stage(spec.name);
            channels.push_back(channels_out(spec, channels.back()));
        }
        TbbWorkers().for_each(static_cast<int>(row.size()), [&](int stage) {
            const auto i = static_cast<std::size_t>(stage);
            StageAtWork<Sample>& at_work = *row[i];
            at_work.stage =
                build_stage<Sample>(plan.stages[i], plan.rate, channels[i], at_work.workers, at_work.witness);
            assert(at_work.stage->channels_out() == channels[i + 1]);
        });
        return row;
    }

    static void run_chunks(const Plan& plan, Row& row, Source<Sample>& source, Sink<Sample>& sink, Progress& progress,
                           const Cancel& cancel) {
        using Chunk = Chunk<Sample>;
        // As many chunks as can be at work at once; each is used again when the sink is done with it.
        const auto stations = static_cast<int>(row.size()) + 2;
        std::vector<Chunk> chunks(
            static_cast<std::size_t>(std::min(2 * stations, 4 * tbb::this_task_arena::max_concurrency())));
        for (Chunk& chunk : chunks) {
            chunk.at.emplace_back(plan.channels_in);
            for (const auto& at_work : row) chunk.at.emplace_back(at_work->stage->channels_out());
        }
        Frames left = source.frames();
        std::size_t next = 0;
        const auto read = [&](tbb::flow_control& flow) -> Chunk* {
            if (left == 0) {
                flow.stop();
                return nullptr;
            }
            cancel.check();
            Chunk& chunk = chunks[next++ % chunks.size()];
            chunk.taken = std::min(left, chunk_frames(plan.channels_in));
            source.read(chunk.at.front().extend(chunk.taken));
            left -= chunk.taken;
            chunk.is_last = left == 0;
            return &chunk;
        };
        const auto write = [&](Chunk* chunk) {
            const FlushSubnormals flush;
            cancel.check();
            AudioQueue<Sample>& out = chunk->at.back();
            if (!out.empty()) sink.write(std::as_const(out).view());
            out.drop(out.frames());
            progress.advance(chunk->taken);
        };
        const auto in_order = tbb::filter_mode::serial_in_order;
        tbb::filter<void, Chunk*> line = tbb::make_filter<void, Chunk*>(in_order, read);
        for (std::size_t i = 0; i < row.size(); ++i)
            line = line & tbb::make_filter<Chunk*, Chunk*>(in_order, [&, i](Chunk* chunk) {
                       cancel.check();
                       work(*row[i], *chunk, i);
                       return chunk;
                   });
        const tbb::filter<void, void> whole = line & tbb::make_filter<Chunk*, void>(in_order, write);
        tbb::task_group_context group = own_task_group();
        tbb::parallel_pipeline(chunks.size(), whole, group);
    }

    /// Stage i on what arrived before it.
    static void work(StageAtWork<Sample>& at_work, Chunk<Sample>& chunk, std::size_t i) {
        const FlushSubnormals flush;
        AudioQueue<Sample>&in = chunk.at[i], &out = chunk.at[i + 1];
        at_work.timed([&] {
            at_work.stage->push(std::as_const(in).view(), out);
            if (chunk.is_last) at_work.stage->finish(out);
        });
        in.drop(in.frames());
        if (at_work.witness) at_work.witness->hear(std::as_const(out).view());
    }

    static std::vector<StageReport> reports(const Row& row) {
        std::vector<StageReport> list;
        for (const auto& at_work : row) {
            list.push_back(report_of(*at_work->stage, at_work->name));
            list.back().busy_s = at_work->busy_s();
        }
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
