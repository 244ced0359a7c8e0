// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/album_sequence.h"

#include "tests/support/catch.h"

using namespace lathe;

namespace {

const char* const album_text =
    "[[track]]\nid = \"a\"\nsource = \"a.wav\"\ngap_s = 9\n"  // the first song has none before it
    "[[track]]\nid = \"b\"\nsource = \"b.wav\"\ngap_s = 1.5\n"
    "[[track]]\nid = \"c\"\nsource = \"c.wav\"\ngap_s = -0.5\n"
    "[[track]]\nid = \"d\"\nsource = \"d.wav\"\nsegue = true\n";

Album album() { return parse_album(album_text, "/nowhere/album.toml"); }

}  // namespace

TEST_CASE("album sequence: gaps lie before songs, a negative one lets them overlap, a segue has none", "[studio]") {
    const auto parts = sequence_of(album(), [](const Track& track) {
        return track.id == "d" ? std::nullopt : std::optional(10.0 * track.number);
    });
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].at_s == 0);
    CHECK(parts[1].at_s == 10 + 1.5);
    CHECK(parts[2].at_s == 10 + 1.5 + 20 - 0.5);
    CHECK(parts[3].at_s == 10 + 1.5 + 20 - 0.5 + 30);
    CHECK(parts[3].length_s == 0);
}

TEST_CASE("album sequence: the next file begins where the gap ends, whichever file holds that", "[studio]") {
    TrackPreview track, next;
    track.result.duration_s = 12;
    CHECK(next_file_at_s(track, next, 1.5) == 13.5);  // neither does
    CHECK(next_file_at_s(track, next, 0) == 12);
    track.gap_behind_s = 1.5;
    CHECK(next_file_at_s(track, next, 1.5) == 12);
    track.gap_behind_s = 0, next.gap_before_s = 1.5;
    CHECK(next_file_at_s(track, next, 1.5) == 12);
    track.gap_behind_s = -0.5, next.gap_before_s = 0;
    CHECK(next_file_at_s(track, next, -0.5) == 12);  // its end lies in the next file
}

TEST_CASE("album sequence: a gap that is moved is no segue, and a segue has no gap", "[studio]") {
    const Album before = album();
    const Album parted = with_edits(before, gap_edits(before.tracks[3], 2.00049));
    CHECK_FALSE(parted.tracks[3].info.segue);
    CHECK(parted.tracks[3].info.gap_s == 2);
    const Album joined = with_edits(before, segue_edits(before.tracks[1], true));
    CHECK(joined.tracks[1].info.segue);
    CHECK(joined.tracks[1].info.gap_s == 0);
    CHECK(with_edits(before, gap_edits(before.tracks[1], -9999)).tracks[1].info.gap_s == -600);
    CHECK(with_edits(before, gap_edits(before.tracks[1], 0)).text.find("gap_s = 1.5") == std::string::npos);
}
