// SPDX-License-Identifier: GPL-3.0-or-later
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "dsp/engine/build_stage.h"
#include "dsp/linear/eq.h"
#include "tests/dsp/engine/buffers.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rate = 44100;

/// An equaliser, a compressor on the side, a gain and a limiter: linear, dynamic, part of a pair, lookahead.
Plan some_plan() {
    EqSettings eq;
    eq.bands.resize(1);
    eq.bands[0].hz = 200;
    eq.bands[0].gain_db = 6;
    CompressorSettings compressor;
    compressor.threshold_db = -30;
    Plan plan{rate, 2, 2, {}};
    plan.stages.push_back(
        {"eq", LinearSpec{std::make_shared<const FirMatrix>(design_eq(eq, rate, 2))}, Channel::stereo, 1});
    plan.stages.push_back({"compressor", CompressorSpec{compressor}, Channel::side, 1});
    plan.stages.push_back({"gain", GainSpec{{{0, 9}}}, Channel::stereo, 1});
    plan.stages.push_back({"limiter", LimiterSpec{{}, -1}, Channel::stereo, 1});
    return plan;
}

AudioBuffer<float> made_with(int threads, const Plan& plan, const AudioBuffer<float>& audio) {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    QueueSink<float> sink(2);
    arena.execute([&] {
        BufferSource<float> source(audio);
        Progress progress;
        const auto reports = cpu_engine<float>()->run(plan, source, sink, progress, Cancel());
        CHECK(progress.done() == audio.frames());
        CHECK(reports.size() == plan.stages.size());
        if (!reports.empty()) CHECK(reports.back().limiter.has_value());
    });
    AudioBuffer<float> out(2, sink.queue.frames());
    copy_audio<float>(std::as_const(sink.queue).view(), out.view());
    return out;
}

bool same(const AudioBuffer<float>& a, const AudioBuffer<float>& b) {
    if (a.frames() != b.frames() || a.channels() != b.channels()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames(), b.channel(c))) return false;
    return true;
}

}  // namespace

TEST_CASE("cpu engine: the same bits with 1, 2, 3 and 7 threads, and as the bare stages give in any cut", "[engine]") {
    const Plan plan = some_plan();
    const AudioBuffer<float> audio = as<float>(pink_noise(0.2, 400001, 2));
    const AudioBuffer<float> reference = made_with(1, plan, audio);
    REQUIRE(reference.frames() == audio.frames());
    CHECK(rms_db(as<double>(reference).view()) > -30.0);
    for (const int threads : {2, 3, 7}) {
        CAPTURE(threads);
        CHECK(same(made_with(threads, plan, audio), reference));
    }
    for (const Frames cut : {Frames{0}, Frames{777}, Frames{65537}}) {
        CAPTURE(cut);
        SerialWorkers workers;
        const auto row = build_row<float>(plan, workers);
        CHECK(same(run_stage(*row, audio, cut), reference));
    }
}

TEST_CASE("cpu engine: an empty plan passes every bit", "[engine]") {
    const AudioBuffer<float> audio = as<float>(noise(0.2, 200003, 2));
    CHECK(same(made_with(2, Plan{rate, 2, 2, {}}, audio), audio));
}

TEST_CASE("cpu engine: a cancelled run throws before it reads on", "[engine]") {
    const AudioBuffer<float> audio(2, 2000000);
    Cancel cancel;
    BufferSource<float> source(audio, &cancel, 1);
    QueueSink<float> sink(2);
    Progress progress;
    CHECK_THROWS_AS(cpu_engine<float>()->run(some_plan(), source, sink, progress, cancel), Cancelled);
    CHECK(progress.done() < 500000);
    CHECK(sink.queue.frames() < 500000);
}
