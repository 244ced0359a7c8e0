// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "app/render/production.h"
#include "app/render/reel_delivery.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/error_of.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// An album between its files being hashed and being read.
struct Waiting {
    Desk desk;
    RenderOptions options;
    Album album;
    Production<float> production;
    StorageBudget budget;
    StageClock clock;
    Progress progress;
    Cancel cancel;
    std::unique_ptr<Engine<float>> engine = cpu_engine<float>();
    MasterRunner<float> runner;

    explicit Waiting(const std::string& text)
        : options(options_in(desk.path())),
          album(desk.album(text)),
          production(album, options),
          budget(options.spill_folder),
          runner(*engine, options.cache, budget, clock, progress, cancel, production.mono()) {}

    static RenderOptions options_in(const std::filesystem::path& folder) {
        RenderOptions options;
        options.spill_folder = folder / "spill";
        options.cache = Cache(folder / "cache", roomy);
        return options;
    }
    MasterJob<float>& job() { return production.main_jobs(album.masters.front()).front(); }
    /// As many frames as before, of something else.
    void change_source() const { desk.write("a.wav", noise(0.1, desk_frames, 2)); }
};

}  // namespace

TEST_CASE("changed source: a run that reads it is refused, and nothing of it is kept", "[render]") {
    const std::string eq = "[[chain]]\ntype = \"eq\"\nbands = [ { type = \"bell\", hz = 300, gain_db = 2, q = 1 } ]\n",
                      limiter = "[[chain]]\ntype = \"limiter\"\n",
                      track = "[[track]]\nsource = \"a.wav\"\n[[deliver]]\ndir = \"out\"\n";
    Waiting waiting(GENERATE_COPY(eq + limiter + track, limiter + track));
    const std::size_t kept = entries(waiting.desk.path() / "cache").size();
    waiting.change_source();
    const std::string why = error_of([&] { waiting.runner.to_gain_point(waiting.job(), false); });
    CHECK(why ==
          (waiting.desk.path() / "a.wav").string() + ": was changed while it was read; try again when it is complete");
    CHECK(entries(waiting.desk.path() / "cache").size() == kept);
}

TEST_CASE("changed source: neither a rendered file nor a copied one is delivered of it", "[render]") {
    const std::string chain = GENERATE("", "[[chain]]\ntype = \"limiter\"\n");
    Waiting waiting("[album]\nnormalize = \"off\"\n" + chain +
                    "[[track]]\nsource = \"a.wav\"\n[[deliver]]\nbits = \"float\"\ndir = \"out\"\n");
    const std::filesystem::path out = waiting.desk.path() / "out";
    std::filesystem::create_directories(out);
    const auto deliver = [&] {
        ReelDelivery<float>(waiting.runner, waiting.budget, waiting.production.library(), {&waiting.job()},
                            {&waiting.production.plan().streams.front()}, Certify::off)
            .deliver();
    };
    waiting.change_source();
    CHECK(error_of(deliver).find("was changed while it was read") != std::string::npos);
    CHECK(std::filesystem::is_empty(out));
}
