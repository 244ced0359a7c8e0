// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/track_notes.h"

#include "tests/support/catch.h"

using namespace lathe;

namespace {

Album noted() {
    return parse_album(
        "[[track]]\nid = \"a\"\nsource = \"a.wav\"\n"
        "[[track.note]]\nat = 2\ntext = \"two\"\n[[track.note]]\nat = \"352800s\"\ntext = \"eight\"\n",
        "/nowhere/album.toml");
}

}  // namespace

TEST_CASE("track notes: a new one comes behind those before it, whatever its text", "[studio]") {
    const Album before = noted();
    const std::string text = "it says \"more\" \\ here";
    const Album after = with_edits(before, std::vector{note_insertion(before.tracks[0], 44100, {5, -1}, text)});
    REQUIRE(after.tracks[0].notes.size() == 3);
    CHECK(after.tracks[0].notes[1].text == text);
    CHECK(after.tracks[0].notes[1].at.seconds_at(44100) == 5);
    const Track bare = parse_album("[[track]]\nsource = \"a.wav\"\n", "/nowhere/album.toml").tracks[0];
    const Album first = parse_album("[[track]]\nsource = \"a.wav\"\n", "/nowhere/album.toml");
    CHECK(with_edits(first, std::vector{note_insertion(bare, 44100, {1, -1}, "x")}).tracks[0].notes.size() == 1);
}

TEST_CASE("track notes: the next and the last one are found by time, the one at hand left out", "[studio]") {
    const Album album = noted();
    const Track& track = album.tracks[0];
    CHECK(note_beyond(track, 44100, 0, 1) == 2.0);
    CHECK(note_beyond(track, 44100, 2, 1) == 8.0);
    CHECK(note_beyond(track, 44100, 8, 1) == std::nullopt);
    CHECK(note_beyond(track, 44100, 9, -1) == 8.0);
    CHECK(note_beyond(track, 44100, 8, -1) == 2.0);
    CHECK(note_beyond(track, 44100, 1.5, -1) == std::nullopt);
}
