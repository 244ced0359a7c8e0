// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/findings.h"

#include "app/session/album_file.h"
#include "dsp/threads/tbb_workers.h"
#include "tests/support/catch.h"

using namespace lathe;
using Catch::Matchers::WithinAbs;

namespace {

RenderWarning warning(const std::string& code, const std::string& track, std::optional<double> time_s = {}) {
    return {code, "warn", track, "", time_s, "message"};
}

Album two_songs() {
    return parse_album("[[track]]\nid = \"ab\"\nsource = \"b.wav\"\n[[track]]\nid = \"a\"\nsource = \"a.wav\"\n",
                       "/nowhere/album.toml");
}

}  // namespace

TEST_CASE("findings: a passed ceiling lies where the highest peak does", "[studio]") {
    constexpr double rate = 48000;
    AudioBuffer<float> audio(2, 48000 * 3);
    audio.channel(1)[static_cast<Frames>(1.5 * rate)] = -0.9f;
    audio.channel(0)[static_cast<Frames>(2.5 * rate)] = 0.5f;
    TbbWorkers workers;
    LevelHistoryMeter<float> meter(2, rate, workers);
    meter.push(audio.view());
    const LevelHistory levels = meter.finish();
    const auto place = place_of(warning("ceiling", "a"), &levels);
    REQUIRE(place.has_value());
    CHECK_THAT(*place, WithinAbs(1.5, 0.011));
    CHECK_FALSE(place_of(warning("ceiling", "a"), nullptr).has_value());
    CHECK_FALSE(place_of(warning("loudness_target", "a"), &levels).has_value());
    CHECK(place_of(warning("source_end", "a", 2.0), &levels) == 2.0);
}

TEST_CASE("findings: a warning names its song, the first of joined ones, or none", "[studio]") {
    const Album album =
        parse_album("[[track]]\nid = \"a\"\nsource = \"a.wav\"\n[[track]]\nid = \"ab\"\nsource = \"b.wav\"\n",
                    "/nowhere/album.toml");
    REQUIRE(track_of(warning("x", "ab"), album) != nullptr);
    CHECK(track_of(warning("x", "ab"), album)->id == "ab");
    CHECK(track_of(warning("x", "a…ab"), album)->id == "a");
    CHECK(track_of(warning("x", ""), album) == nullptr);
}

TEST_CASE("findings: every rule is told once, what fails first", "[studio]") {
    const Album album = two_songs();
    RenderBoard board;
    for (const char* id : {"a", "ab"}) {
        auto preview = std::make_shared<TrackPreview>();
        preview->warnings = {warning("ceiling_repair", "a"), warning("ceiling", id)};
        preview->warnings.back().severity = "fail";
        board.tracks[id] = {preview, true};
    }
    board.warnings = {warning("loudness_target", "")};
    CHECK(findings_before_delivery(album, board, nullptr).size() ==
          3);  // the album is not final: its target is not known
    board.album_is_final = true;
    const std::vector<RenderWarning> all = findings_before_delivery(album, board, nullptr);
    REQUIRE(all.size() == 4);
    CHECK(all[0].severity == "fail");
    CHECK(all[0].track == "ab");  // the album's order
    CHECK(all[1].severity == "fail");
    DryRun plan;
    plan.files.resize(2);
    plan.files[1].fate = FileFate::in_the_way;
    CHECK(findings_before_delivery(album, board, &plan).size() == 5);
    board.tracks["a"].is_final = false;
    CHECK(findings_before_delivery(album, board, nullptr).size() == 3);
}
