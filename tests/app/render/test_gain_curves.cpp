// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/gain_curves.h"

#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string chain =
    "[[chain]]\ntype = \"compressor\"\nthreshold_db = -20\nratio = 2\nknee_db = 0\nattack_ms = 5\nrelease_ms = 20\n"
    "[[chain]]\ntype = \"limiter\"\n";

/// Three seconds that are joined to three louder ones.
Album album_of(const Desk& desk) {
    desk.write("a.wav", sine(1000, 0.1, 44100, 3 * 44100, 2));
    desk.write("b.wav", sine(1000, std::pow(10, -0.5), 44100, 3 * 44100, 2));
    return desk.album(
        "[album]\ntrue_peak_dbtp = -1\n" + chain +
        "[[track]]\nid = \"a\"\nsource = \"a.wav\"\n[[track]]\nid = \"b\"\nsource = \"b.wav\"\nsegue = true\n");
}

}  // namespace

TEST_CASE("gain curves: every track has its own stretch of what each stage did", "[render]") {
    const Desk desk;
    const Album album = album_of(desk);
    RenderOptions options;
    options.spill_folder = desk.path();
    // −20 dBFS is at the threshold; −10 dBFS is 10 dB above, of which a ratio of 2 leaves 5. With 6 dB at the gain
    // point the master's −9 dBFS are under the ceiling; with 16 dB, 1 dBFS is 2 dB above it.
    for (const auto& [gain_db, limited_db] : {std::pair{6.0, 0.0}, {16.0, -2.0}}) {
        const auto curves = gain_curves(album, options, {{"a", gain_db}}, Cancel());
        REQUIRE(curves.size() == 2);
        for (const char* track : {"a", "b"}) {
            const std::vector<StageGains>& stages = curves.at(track);
            REQUIRE(stages.size() == 2);
            CHECK(stages[0].stage == "compressor");
            CHECK(stages[1].stage == "limiter");
            for (const StageGains& stage : stages) CHECK(stage.history.bands.at(0).size() == 300);
        }
        CHECK_THAT(curves.at("a")[0].history.bands[0][150], WithinAbs(0, 0.01));
        CHECK_THAT(curves.at("b")[0].history.bands[0][150], WithinAbs(-5, 0.05));
        CHECK_THAT(curves.at("a")[1].history.bands[0][150], WithinAbs(0, 0.01));
        CHECK_THAT(curves.at("b")[1].history.bands[0][150], WithinAbs(limited_db, 0.1));
    }
}

TEST_CASE("gain curves: what lies in the cache tells the same as a run", "[render]") {
    const Desk desk;
    const Album album = album_of(desk);
    RenderOptions options;
    options.spill_folder = desk.path();
    const auto run = gain_curves(album, options, {{"a", 6.0}}, Cancel());
    options.cache = Cache(desk.path() / "cache", 1 << 30);
    for (int time = 0; time < 2; ++time) {
        const auto kept = gain_curves(album, options, {{"a", 6.0}}, Cancel());
        for (const auto& [track, stages] : run)
            for (std::size_t i = 0; i < stages.size(); ++i)
                CHECK(kept.at(track)[i].history.bands == stages[i].history.bands);
    }
}
