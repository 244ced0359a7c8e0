// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include "app/session/track_reader.h"
#include "tests/app/session/support.h"

namespace lathe::test {

TEST_CASE("album file: the format's example is read as it says", "[session]") {
    const Album album = parse(example_album);
    CHECK(album.info.title == "Demo");
    CHECK(album.main().target.loudness_lufs == -14.0);
    CHECK(album.main().target.true_peak_dbtp == -1.0);
    CHECK(album.main().target.normalize == Normalize::album);

    REQUIRE(album.chain.size() == 8);
    CHECK(album.chain[0].entry.id == "gain");
    CHECK(album.chain[0].line == 11);
    const auto& eq = std::get<EqSettings>(album.chain[1].entry.settings);
    REQUIRE(eq.bands.size() == 3);
    CHECK(eq.bands[0].type == EqBandType::high_pass);
    CHECK(eq.bands[0].slope_db_oct == 24);
    CHECK(eq.bands[1].name == "mud");
    CHECK(eq.bands[1].gain_db == -1.5);
    CHECK_THAT(eq.bands[0].q, WithinAbs(0.7071, 1e-4));
    const auto& multiband = std::get<MultibandSettings>(album.chain[2].entry.settings);
    CHECK(multiband.crossovers_hz == std::vector<double>{120, 1000, 6000});
    REQUIRE(multiband.bands.size() == 4);
    CHECK(multiband.bands[3].threshold_db == -30);
    CHECK(multiband.bands[3].attack_ms == 30);
    CHECK(std::get<ReverbSettings>(album.chain[4].entry.settings).ir == "hall.wav");
    CHECK(resolved_path(album, "hall.wav") == "/music/hall.wav");
    CHECK(resolved_path(album, "/irs/a.wav") == "/irs/a.wav");

    REQUIRE(album.tracks.size() == 1);
    const Track& track = album.tracks[0];
    CHECK(track.id == "one");
    CHECK(track.source == "/music/one.wav");
    CHECK(track.info.start == TimePoint{0.35});
    CHECK(track.info.gap_s == 2.0);
    REQUIRE(track.overrides.size() == 2);
    CHECK(track.overrides[0].path == "multiband.bypass");
    CHECK(track.overrides[0].value == Value(true));
    CHECK(track.overrides[0].line == 59);
    CHECK(track.overrides[1].path == "eq.bands.mud.gain_db");
    CHECK(track.overrides[1].value == Value(-3.0));
    REQUIRE(track.versions.size() == 1);
    CHECK(track.versions[0].info.title == "One (instrumental)");
    CHECK(track.versions[0].source == "/music/one.wav");

    REQUIRE(album.masters.size() == 2);
    CHECK(album.masters[1].skip == std::vector<std::string>{"clipper", "limiter"});
    CHECK(album.masters[1].target.normalize == Normalize::off);
    REQUIRE(album.deliveries.size() == 1);
    CHECK(album.deliveries[0].name == "hires");
    CHECK(album.deliveries[0].settings.bits == NumberOrWord{24, {}});
}

TEST_CASE("album file: what is left out has the format's defaults", "[session]") {
    const Album empty = parse("");
    CHECK(empty.main().target.normalize == Normalize::off);
    CHECK_FALSE(empty.main().target.loudness_lufs.has_value());
    REQUIRE(empty.deliveries.size() == 1);
    CHECK(empty.deliveries[0].name == "wav");
    CHECK(empty.deliveries[0].settings.dir == "wav");
    CHECK(empty.deliveries[0].settings.bits == NumberOrWord{24, {}});

    const Album album = parse(R"(
[album]
artist = "All"
loudness_lufs = -16
[[master]]
name = "loud"
loudness_lufs = -9
[[track]]
source = "../mixes/02 - Second_Song.wav"
[[track]]
source = "x.wav"
artist = "Guest"
[[deliver]]
format = "flac"
[[deliver]]
dir = "out/v1.2"
bits = "float"
)");
    CHECK(album.main().target.normalize == Normalize::album);
    CHECK(album.masters[1].target.normalize == Normalize::album);
    CHECK(album.tracks[0].id == "1");
    CHECK(album.tracks[1].id == "2");
    CHECK(album.tracks[0].info.title == "Second_Song");
    CHECK(album.tracks[0].info.artist == "All");
    CHECK(album.tracks[1].info.artist == "Guest");
    CHECK(album.tracks[0].source == "/mixes/02 - Second_Song.wav");
    CHECK(album.deliveries[0].name == "flac");
    CHECK(album.deliveries[1].name == "out/v1.2");
    CHECK(album.deliveries[1].settings.bits.word == "float");
    CHECK(album.deliveries[1].settings.versions == std::vector<std::string>{"main"});
}

TEST_CASE("album file: processors without an id are called by their type, then by type and number", "[session]") {
    const Album album = parse(R"(
chain = [ { type = "eq" }, { type = "eq", id = "eq-2" }, { type = "eq" }, { type = "gain_point" }, { type = "gain" } ]
)");
    CHECK(album.chain[0].entry.id == "eq");
    CHECK(album.chain[1].entry.id == "eq-2");
    CHECK(album.chain[2].entry.id == "eq-3");
    CHECK(album.chain[3].kind == ChainSlot::Kind::gain_point);
    CHECK(album.chain[4].entry.id == "gain");
}

TEST_CASE("album file: numbers, words, times and infinities are taken in each form", "[session]") {
    const Album album = parse(R"(
[album]
date = 2024-05-31
[[chain]]
type = "reverb"
preset = "hall"
dry_db = -inf
[[chain]]
type = "limiter"
release_ms = "auto"
[[track]]
source = "a.wav"
start = 1
end = 00:01:30.5
fade_out_shape = "equal_power"
[[track.version]]
name = "edit"
start = "441000s"
gain = "own"
)");
    CHECK(album.info.date == "2024-05-31");
    CHECK(std::get<ReverbSettings>(album.chain[0].entry.settings).dry_db == -unbounded);
    CHECK(std::get<LimiterSettings>(album.chain[1].entry.settings).release_ms == NumberOrWord{120, "auto"});
    CHECK(album.tracks[0].info.start == TimePoint{1});
    CHECK(album.tracks[0].info.end == TimePoint{90.5});
    CHECK(album.tracks[0].info.fade_out_shape == FadeShape::equal_power);
    CHECK(album.tracks[0].versions[0].info.start == TimePoint{0, 441000});
    CHECK(album.tracks[0].versions[0].info.gain == VersionGain::own);
}

TEST_CASE("album file: references and notes are read as written, titles from the sources' names", "[session]") {
    const Album album = parse(R"([[track]]
source = "a.wav"
[[track.note]]
at = "0:48.2"
text = "the esses"
from = "Ada"
done = true
[[track.note]]
[[reference]]
source = "ref/07 Theirs.flac"
start = 30
end = "1:00"
trim_db = -2.5
[[reference]]
source = "/b.wav"
title = "B"
)");
    REQUIRE(album.tracks[0].notes.size() == 2);
    const Note& note = album.tracks[0].notes[0];
    CHECK(note.at == TimePoint{48.2});
    CHECK(note.text == "the esses");
    CHECK(note.from == "Ada");
    CHECK(note.done);
    CHECK(album.tracks[0].notes[1].at == TimePoint{});
    CHECK_FALSE(album.tracks[0].notes[1].done);
    REQUIRE(album.references.size() == 2);
    const Reference& first = album.references[0];
    CHECK(first.source == "/music/ref/07 Theirs.flac");
    CHECK(first.info.title == "Theirs");
    CHECK(first.info.start == TimePoint{30});
    CHECK(first.info.end == TimePoint{60});
    CHECK(first.info.trim_db == -2.5);
    CHECK(first.line == 9);
    CHECK(album.references[1].source == "/b.wav");
    CHECK(album.references[1].info.title == "B");
}

TEST_CASE("album file: a track's title is its source's name without the number in front", "[session]") {
    CHECK(title_of_source("01 - Intro.wav") == "Intro");
    CHECK(title_of_source("a/b/07_the_end.flac") == "the_end");
    CHECK(title_of_source("12. Song.v2.wav") == "Song.v2");
    CHECK(title_of_source("01.wav") == "01");
    CHECK(title_of_source("1999 Party.wav") == "1999 Party");
    CHECK(title_of_source("3rd.wav") == "3rd");
}

TEST_CASE("album file: one that is missing, or a folder, says so", "[session]") {
    CHECK(error_of([] { read_album("/nowhere/album.toml"); }) ==
          "/nowhere/album.toml: no such album file; \"lathe new DIR FILE…\" writes one");
    CHECK(error_of([] { read_album("/tmp"); }) == "/tmp is a folder; name the album file in it, as /tmp/album.toml");
}

}  // namespace lathe::test
