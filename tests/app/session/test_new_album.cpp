// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "app/session/new_album.h"
#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

using Paths = std::vector<std::filesystem::path>;

}  // namespace

TEST_CASE("new album: the mixes are its tracks, in the order given, and the masters are ready to render", "[session]") {
    const std::string text =
        new_album_text("/music/My Album/", Paths{"/music/mixes/02 B \"side\".wav", "/music/My Album/01_A.flac"});
    const Album album = parse_album(text, "/music/My Album/album.toml");
    CHECK(album.info.title == "My Album");
    REQUIRE(album.tracks.size() == 2);
    CHECK(album.tracks[0].info.title == "B \"side\"");
    CHECK(album.tracks[0].info.source == "../mixes/02 B \"side\".wav");
    CHECK(album.tracks[0].source == "/music/mixes/02 B \"side\".wav");
    CHECK(album.tracks[1].info.source == "01_A.flac");
    CHECK(album.main().target.loudness_lufs == -14.0);
    CHECK(album.main().target.true_peak_dbtp == -1.0);
    CHECK(album.main().target.normalize == Normalize::album);
    REQUIRE(album.chain.size() == 1);
    CHECK(album.chain[0].entry.id == "limiter");
    REQUIRE(album.deliveries.size() == 1);
    CHECK(album.deliveries[0].settings.dir == "masters");
    CHECK(album.deliveries[0].settings.bits.number == 24);
    CHECK(text.ends_with("\n"));
    CHECK(text.find("\n\n\n") == std::string::npos);
}

TEST_CASE("new album: its example of an EQ is one, once the # is taken away", "[session]") {
    std::string text = new_album_text("/music", Paths{});
    const std::size_t begin = text.find("# [[chain]]"), end = text.find("\n\n", begin);
    for (std::size_t at = begin; at < end; at = text.find('\n', at) + 1) text.replace(at, 2, "  ");
    const Album album = parse(text);
    REQUIRE(album.chain.size() == 2);
    CHECK(std::get<EqSettings>(album.chain[0].entry.settings).bands.size() == 3);
}

TEST_CASE(
    "new album: a template gives targets, chain, masters and deliveries with their comments, and none of its songs",
    "[session]") {
    const Album pattern = parse_album(example_album, "/old/album.toml");
    const std::string text = new_album_text("/new", Paths{"/new/song.wav"}, &pattern);
    const Album album = parse_album(text, "/new/album.toml");
    CHECK(album.info.title == "new");
    CHECK(album.main().target.loudness_lufs == pattern.main().target.loudness_lufs);
    REQUIRE(album.tracks.size() == 1);
    CHECK(album.tracks[0].id == "1");
    REQUIRE(album.chain.size() == pattern.chain.size());
    for (std::size_t i = 0; i < album.chain.size(); ++i) CHECK(album.chain[i].entry.id == pattern.chain[i].entry.id);
    CHECK(std::get<MultibandSettings>(album.chain[2].entry.settings).bands[3].threshold_db == -30);
    const auto& reverb = std::get<ReverbSettings>(album.chain[4].entry.settings);
    CHECK(reverb.ir == "../old/hall.wav");
    CHECK(resolved_path(album, reverb.ir) == "/old/hall.wav");
    CHECK(album.masters.size() == 2);
    CHECK(album.deliveries[0].name == "hires");
    CHECK(text.find("# also low_pass, low_shelf, tilt, notch") != std::string::npos);
    CHECK(text.find("one.wav") == std::string::npos);
}

TEST_CASE("new album: a template's deliveries of other versions and tracks deliver what is there", "[session]") {
    const Album pattern = parse_album(R"(
[[track]]
source = "a.wav"
id = "a"
[[track.version]]
name = "edit"
[[master]]
name = "wet"
[master.set]
reverb.ir = "b.wav"
[[deliver]]
versions = ["edit"]
tracks = ["a"]
[[chain]]
type = "reverb"
ir = "/irs/a.wav"
)",
                                      "/old/album.toml");
    const Album album = parse_album(new_album_text("/new", Paths{"/new/song.wav"}, &pattern), "/new/album.toml");
    CHECK(album.deliveries[0].settings.versions == std::vector<std::string>{"main"});
    CHECK(album.deliveries[0].settings.tracks.empty());
    CHECK(std::get<ReverbSettings>(album.chain[0].entry.settings).ir == "../irs/a.wav");
    CHECK(album.masters[1].overrides[0].value == Value(std::string("../old/b.wav")));
}

}  // namespace lathe::test
