// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/same_song.h"

#include "app/session/album_file.h"
#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("same song: it is found where it has moved to, by its id where one source has several songs", "[studio]") {
    const auto album = [](const char* text) { return parse_album(text, "/album.toml"); };
    const Album before = album("[[track]]\nsource = \"a.wav\"\n[[track]]\nsource = \"b.wav\"\n");
    const Album moved = album("[[track]]\nsource = \"b.wav\"\n[[track]]\nsource = \"a.wav\"\n");
    CHECK(same_song(before.tracks[0], moved) == &moved.tracks[1]);
    CHECK(same_song(before.tracks[1], moved) == &moved.tracks[0]);
    CHECK(same_song(before.tracks[1], album("[[track]]\nsource = \"a.wav\"\n")) == nullptr);

    const Album parts = album(
        "[[track]]\nid = \"one\"\nsource = \"a.wav\"\nend = 9.0\n"
        "[[track]]\nid = \"two\"\nsource = \"a.wav\"\nstart = 9.0\n");
    CHECK(same_song(parts.tracks[1], parts) == &parts.tracks[1]);
}
