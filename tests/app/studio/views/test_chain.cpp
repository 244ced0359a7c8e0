// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "app/session/album_file.h"
#include "app/studio/views/chain_summary.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

constexpr const char* album_text = R"(lathe = 1
[album]
title = "T"
[[chain]]
type = "eq"
bands = [ { type = "bell", hz = 240, gain_db = -1.5 }, { type = "high_pass", hz = 24 }, { type = "bell", gain_db = 9, bypass = true } ]
[[chain]]
type = "multiband"
crossovers_hz = [200]
bands = [ {}, { ratio = 3 } ]
[[chain]]
type = "compressor"
bypass = true
[[chain]]
type = "gain_point"
[[chain]]
type = "clipper"
[[chain]]
type = "limiter"
[[track]]
id = "one"
source = "one.wav"
[[track.chain]]
type = "multiband"
crossovers_hz = [300]
bands = [ {}, {} ]
)";

Album album() { return parse_album(album_text, "/nowhere/album.toml"); }

StageGains stage(std::string name, std::vector<std::vector<float>> bands) {
    return {std::move(name), {std::move(bands)}};
}

}  // namespace

TEST_CASE("chain summaries: the EQ counts the bands in use and names the largest gain", "[chain]") {
    const Album a = album();
    CHECK(summary_of(a.chain[0].entry, nullptr) == "2 bands \u00b7 \u22121.5\u2009dB at 240\u2009Hz");
    CHECK(summary_of(a.chain[2].entry, nullptr) == "bypassed");
}

TEST_CASE("chain summaries: a multiband tells the furthest and the mean of what it moved", "[chain]") {
    const Album a = album();
    const GainHistory history{{{0, -2, -4, 0}, {0, -1, -5.25f, -0.05f}}};
    ProcessorGains gains{&history, {}, figures_of(std::vector<float>{0, -2, -5.25f, -0.05f})};
    CHECK(summary_of(a.chain[1].entry, &gains) ==
          "2 bands \u00b7 \u22125.2\u2009dB at most \u00b7 mean \u22123.6\u2009dB");
    CHECK_THAT(gains.all.mean_db, WithinAbs(-3.625, 1e-6));
    CHECK_THAT(gains.all.active_share, WithinAbs(0.5, 1e-12));
    gains.all = figures_of(std::vector<float>(4, 0.0f));
    CHECK(summary_of(a.chain[1].entry, &gains) == "2 bands \u00b7 idle");
}

TEST_CASE("chain gains: each stage is found by the processor that it comes from", "[chain]") {
    const Album a = album();
    const ChainPair chains{a.chain, a.tracks[0].chain};
    const std::vector<StageGains> gains{stage("multiband", {{-1}}), stage("eq+multiband", {{-2}}),
                                        stage("limiter", {{-3}})};
    const auto found = stages_of_chain(chains, a.main(), "one", gains);
    REQUIRE(found.size() == 3);  // the compressor is bypassed
    CHECK(found.at("track.one.chain.multiband")->history.bands[0][0] == -1);
    CHECK(found.at("multiband")->history.bands[0][0] == -2);
    CHECK(found.at("limiter")->history.bands[0][0] == -3);
    const std::vector<StageGains> other{stage("multiband", {{-1}}), stage("limiter", {{-3}})};
    const auto of_another_state = stages_of_chain(chains, a.main(), "one", other);
    CHECK(of_another_state.count("multiband") == 0);
    CHECK(of_another_state.count("track.one.chain.multiband") == 0);
    CHECK(of_another_state.count("limiter") == 1);
}

TEST_CASE("chain gains: a time outside the history has no gain", "[chain]") {
    const std::vector<float> gains{-1, -2};
    CHECK(gain_at(gains, 0.0149) == -2);
    CHECK(gain_at(gains, 0.0051) == -1);
    CHECK(gain_at(gains, 0.02) == 0);
    CHECK(gain_at(gains, -0.01) == 0);
    CHECK(gain_at(gains, NAN) == 0);
}

TEST_CASE("chain: every new processor is an entry that the album takes, where it belongs", "[chain]") {
    const Album a = album();
    CHECK(place_for(a.chain, "limiter") == 6);
    CHECK(place_for(a.chain, "clipper") == 5);
    CHECK(place_for(a.chain, "eq") == 3);  // before the gain point and what ends the chain
    CHECK(place_for({}, "eq") == 0);
    for (const std::string_view type : processor_types()) {
        CAPTURE(type);
        const std::size_t at = place_for(a.chain, type);
        const Edit insert[] = {Edit::insert("chain", new_processor(type), at)};
        CHECK(type_of(with_edits(a, insert).chain[at].entry.settings) == type);
    }
}
