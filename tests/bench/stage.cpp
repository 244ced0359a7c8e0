// SPDX-License-Identifier: GPL-3.0-or-later
// bench_stage ALBUM: renders the album's first track through its chain, at 0 dB, and writes nothing: what a stage costs
// as a program that reads a file.
#include <fmt/format.h>

#include "app/render/production.h"
#include "app/session/album_file.h"
#include "dsp/threads/tbb_workers.h"

namespace {

class Nowhere final : public lathe::Sink<float> {
public:
    void write(lathe::AudioView<const float> audio) override { frames += audio.frames; }
    lathe::Frames frames = 0;
};

int run(const char* path) {
    using namespace lathe;
    const Album album = read_album(path);
    Production<float> production(album, {});
    const auto engine = cpu_engine<float>();
    const Cache none;
    StorageBudget budget("");
    StageClock clock;
    Progress progress;
    const Cancel cancel;
    MasterRunner<float> runner(*engine, none, budget, clock, progress, cancel, production.mono());
    Nowhere sink;
    runner.run(production.main_jobs(album.main()).front(), 0, sink);
    for (const StageClock::Entry& entry : clock.entries())
        fmt::print("{:20} {:8.3f} s {:8.1f} ns a frame\n", entry.name, entry.busy_s,
                   1e9 * entry.busy_s / static_cast<double>(sink.frames));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 2) return run(argv[1]);
        fmt::print(stderr, "bench_stage ALBUM\n");
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_stage: {}\n", error.what());
    }
    return 2;
}
