// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile.h"

#include <cmath>

#include "dsp/core/error.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/error_of.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string eq = "[[chain]]\ntype = \"eq\"\nbands = [ { type = \"bell\", hz = 300, gain_db = 2 } ]\n";
const std::string gain = "[[chain]]\ntype = \"gain\"\ngain_db = -6\n";
const std::string stereo = "[[chain]]\ntype = \"stereo\"\nwidth = 1.5\n";
const std::string compressor = "[[chain]]\ntype = \"compressor\"\nthreshold_db = -20\n";
const std::string clipper = "[[chain]]\ntype = \"clipper\"\n";
const std::string limiter = "[[chain]]\ntype = \"limiter\"\n";
const std::string gain_point = "[[chain]]\ntype = \"gain_point\"\n";
const std::string target = "[album]\ntrue_peak_dbtp = -1\n";
const std::string one = "[[track]]\nid = \"a\"\nsource = \"a.wav\"\n";

/// The first programme's chain for the main master, as names: "before | after".
struct Compiled {
    Desk desk;
    Album album;
    SourceLibrary library;
    std::vector<Programme> programmes;
    Cache no_cache;
    Compiler compiler;
    std::shared_ptr<const CompiledChain> before, after;

    explicit Compiled(const std::string& text)
        : album(desk.album(text)),
          library(album),
          programmes(main_programmes(album, library)),
          compiler(album, library, no_cache),
          before(compiler.before_gain_point(programmes[0], album.main())),
          after(compiler.after_gain_point(programmes[0], album.main())) {}
    std::string names() const { return names_of(before->plan) + " | " + names_of(after->plan); }
};

std::string names(const std::string& chain) { return Compiled(target + chain + one).names(); }

}  // namespace

TEST_CASE("compile: neighbouring linear processors are one stage, in their order; others part them", "[render]") {
    CHECK(names(eq + stereo + gain) == "eq+stereo+gain | ");
    CHECK(names(eq + compressor + gain + stereo) == "eq, compressor, gain+stereo | ");
    CHECK(names(gain + compressor) == "gain, compressor | ");
    CHECK(names("") == " | ");
}

TEST_CASE("compile: what does nothing costs no stage", "[render]") {
    CHECK(names("[[chain]]\ntype = \"gain\"\ngain_db = 0\n" + eq) == "eq | ");
    CHECK(names("[[chain]]\ntype = \"stereo\"\n") == " | ");
    CHECK(names("[[chain]]\ntype = \"compressor\"\nbypass = true\n") == " | ");
}

TEST_CASE("compile: fused responses are those of the processors one after the other", "[render]") {
    const Compiled c(target + gain + stereo + one);
    const FirMatrix& matrix = *std::get<LinearSpec>(c.before->plan.stages.at(0).work).matrix;
    REQUIRE(matrix.ahead() == 0);
    REQUIRE(matrix.behind() == 0);
    // Gain g and width w: left from left g (1 + w) / 2, left from right g (1 - w) / 2.
    const double g = std::pow(10, -6 / 20.0);
    CHECK_THAT(matrix.at(0, 0).taps.at(0), WithinAbs(g * 1.25, 1e-12));
    CHECK_THAT(matrix.at(0, 1).taps.at(0), WithinAbs(g * -0.25, 1e-12));
    CHECK_THAT(matrix.at(1, 0).taps.at(0), WithinAbs(g * -0.25, 1e-12));
}

TEST_CASE("compile: the gain point lies before the clippers and limiters that end the chain, or where it is written",
          "[render]") {
    CHECK(names(eq + limiter) == "eq | limiter");
    CHECK(names(eq + clipper + limiter) == "eq | clipper, limiter");
    CHECK(names(limiter + eq) == "limiter, eq | ");
    CHECK(names(eq + gain_point + compressor + limiter) == "eq | compressor, limiter");
    CHECK(names(eq + gain_point + stereo) == "eq | stereo");  // nothing is fused across it
}

TEST_CASE("compile: the last limiter takes the master's ceiling, an earlier one its own", "[render]") {
    const std::string own = "[[chain]]\ntype = \"limiter\"\nceiling_dbtp = -4\n";
    const Compiled c(target + own + eq + limiter + one);
    CHECK(c.names() == "limiter, eq | limiter");
    CHECK(std::get<LimiterSpec>(c.before->plan.stages[0].work).ceiling_dbtp == -4);
    CHECK(std::get<LimiterSpec>(c.after->plan.stages[0].work).ceiling_dbtp == -1);
    CHECK(c.after->has_limiter);
    CHECK_FALSE(c.after->is_linear);
}

TEST_CASE("compile: joined tracks of one setting share a plan, of two settings are spliced where they meet",
          "[render]") {
    const std::string two = "[[track]]\nid = \"b\"\nsource = \"b.wav\"\nsegue = true\n";
    const Compiled alike(target + compressor + one + two);
    CHECK(alike.names() == "compressor | ");
    const Compiled unlike(target + compressor + one + two + "[track.set]\ncompressor.ratio = 4\n");
    REQUIRE(unlike.names() == "splice | ");
    const auto& splice = std::get<SpliceSpec>(unlike.before->plan.stages[0].work);
    REQUIRE(splice.stretches.size() == 2);
    CHECK(splice.stretches[1].from == desk_frames);
    CHECK(std::get<CompressorSpec>(splice.plans[1].stages[0].work).settings.ratio == 4);
}

TEST_CASE("programmes: segues and touching cuts are joined, gaps and fades part", "[render]") {
    const auto shape = [](const std::string& tracks) {
        const Desk desk;
        const Album album = desk.album(tracks);
        const SourceLibrary library(album);
        std::string text;
        for (const Programme& programme : main_programmes(album, library))
            text += programme.title() + ":" + std::to_string(programme.frames) + " ";
        return text;
    };
    const std::string first = "[[track]]\nid = \"x\"\nsource = \"a.wav\"\nend = \"50001s\"\n";
    const std::string rest = "[[track]]\nid = \"y\"\nsource = \"a.wav\"\nstart = \"50001s\"\n";
    CHECK(shape(first + rest) == "x…y:132300 ");
    CHECK(shape(first + rest + "gap_s = 1\n") == "x:50001 y:82299 ");
    CHECK(shape(first + "fade_out_ms = 10\n" + rest) == "x:50001 y:82299 ");
    CHECK(shape(first + "[[track]]\nid = \"y\"\nsource = \"a.wav\"\nstart = \"50002s\"\n") == "x:50001 y:82298 ");
    CHECK(shape(first + "[[track]]\nid = \"y\"\nsource = \"b.wav\"\nsegue = true\n") == "x…y:182301 ");
}

TEST_CASE("compile: settings for pairs are refused for mono with the track's name", "[render]") {
    const std::string mono = "[[track]]\nid = \"m\"\nsource = \"mono.wav\"\n";
    const std::string said =
        error_of([&] { Compiled(target + "[[chain]]\ntype = \"gain\"\nchannel = \"mid\"\ngain_db = 1\n" + mono); });
    INFO(said);
    CHECK(said.find("track m") != std::string::npos);
    CHECK(said.find("two channels") != std::string::npos);
}
