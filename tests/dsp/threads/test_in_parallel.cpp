// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/threads/in_parallel.h"

#include <atomic>
#include <stdexcept>

#include "dsp/engine/engine.h"
#include "dsp/threads/tbb_workers.h"
#include "tests/dsp/engine/buffers.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Calls work() within a parallel work that has just been ended by another part's exception.
template <class Work>
void beside_a_failure(Work work) {
    tbb::task_group_context failed;
    tbb::parallel_for(
        0, 1,
        [&](int) {
            failed.cancel_group_execution();
            work();
        },
        failed);
}

}  // namespace

TEST_CASE("in parallel: what is begun beside a failure is done whole all the same", "[threads]") {
    beside_a_failure([] {
        std::atomic<int> parts = 0, halves = 0, lent = 0;
        in_parallel(1000, [&](std::size_t) { ++parts; });
        at_once([&] { halves |= 1; }, [&] { halves |= 2; });
        TbbWorkers().for_each(1000, [&](int) { ++lent; });
        CHECK(parts == 1000);
        CHECK(halves == 3);
        CHECK(lent == 1000);

        const AudioBuffer<float> audio(2, 1000003);
        BufferSource<float> source(audio);
        QueueSink<float> sink(2);
        Progress progress;
        cpu_engine<float>()->run({44100, 2, 2, {{"gain", GainSpec{{{0, 9}}}, Channel::stereo, 1}}}, source, sink,
                                 progress, Cancel());
        CHECK(sink.queue.frames() == audio.frames());
    });
}

TEST_CASE("in parallel: what a part throws is thrown, and leaves out those not begun", "[threads]") {
    std::atomic<int> begun = 0;
    const auto part = [&](std::size_t) {
        ++begun;
        throw std::runtime_error("broken");
    };
    CHECK_THROWS_WITH(in_parallel(100000, part), "broken");
    CHECK(begun < 100000);
    CHECK_THROWS_WITH(at_once([] {}, [] { throw std::runtime_error("broken"); }), "broken");
}
