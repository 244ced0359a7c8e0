// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/track_cut.h"

#include "tests/support/catch.h"

using namespace lathe;

namespace {

/// Ten seconds at 44100 Hz.
AudioInfo source() {
    AudioInfo info;
    info.channels = 2;
    info.sample_rate = 44100;
    info.frames = 441000;
    return info;
}

Album album_of(const std::string& tracks) { return parse_album(tracks, "/nowhere/album.toml"); }

/// The album after an edge has been brought to a place.
Album moved(const Album& album, std::size_t track, CutEdge edge, const char* to) {
    return with_edits(album, edge_edits(album, album.tracks[track], source(), edge, *parse_time(to)));
}

TrackCut cut(const Album& album, std::size_t track = 0) { return cut_of(album.tracks[track].info, source()); }

}  // namespace

TEST_CASE("track cut: an edge goes where it is brought, and no further than source, fades and 10 ms let it",
          "[studio]") {
    const Album album = album_of("[[track]]\nsource = \"a.wav\"\nstart = 1\nfade_in_ms = 500\nfade_out_ms = 1500\n");
    CHECK(cut(album).start_s == 1);
    CHECK(cut(album).end_s == 10);
    CHECK(cut(moved(album, 0, CutEdge::start, "2.5")).start_s == 2.5);
    CHECK(cut(moved(album, 0, CutEdge::end, "0:09.250")).end_s == 9.25);
    CHECK_THAT(cut(moved(album, 0, CutEdge::start, "9.9")).start_s, WithinAbs(10 - 2 - shortest_track_s, 1e-4));
    CHECK_THAT(cut(moved(album, 0, CutEdge::end, "1.5")).end_s, WithinAbs(1 + 2 + shortest_track_s, 1e-4));
    CHECK(edge_edits(album, album.tracks[0], source(), CutEdge::start, {1, -1}).empty());
}

TEST_CASE("track cut: the source's own ends are written by leaving the key out", "[studio]") {
    const Album album = album_of("[[track]]\nsource = \"a.wav\"\nstart = 1\nend = 9\n");
    const Album whole = moved(moved(album, 0, CutEdge::start, "0"), 0, CutEdge::end, "99");
    CHECK(whole.text == "[[track]]\nsource = \"a.wav\"\n");
}

TEST_CASE("track cut: a place in samples stays one", "[studio]") {
    const Album album = album_of("[[track]]\nsource = \"a.wav\"\nstart = \"44100s\"\n");
    const TimePoint to = pointed_place(album.tracks[0].info.start, 1.5, 44100, 1e-3);
    CHECK(to.samples == 66150);
    const Album after = with_edits(album, edge_edits(album, album.tracks[0], source(), CutEdge::start, to));
    CHECK(after.text.find("start = \"66150s\"") != std::string::npos);
    CHECK(pointed_place({}, 1.23456, 44100, 1e-3) == TimePoint{1.235, -1});
}

TEST_CASE("track cut: where two tracks touch in one source, the border moves for both, and within both", "[studio]") {
    const Album album = album_of(
        "[[track]]\nid = \"a\"\nsource = \"x.wav\"\nend = 4\n"
        "[[track]]\nid = \"b\"\nsource = \"x.wav\"\nstart = \"176400s\"\nend = 8\n"
        "[[track]]\nid = \"c\"\nsource = \"x.wav\"\nstart = 8\ngap_s = 2\n");
    for (const auto& after : {moved(album, 0, CutEdge::end, "5"), moved(album, 1, CutEdge::start, "5")}) {
        CHECK(cut(after, 0).end_s == 5);
        CHECK(cut(after, 1).start_s == 5);
        CHECK(joined_at(after, after.tracks[0], CutEdge::end, 44100) == &after.tracks[1]);
    }
    const Album pushed = moved(album, 0, CutEdge::end, "9");
    CHECK_THAT(cut(pushed, 0).end_s, WithinAbs(8 - shortest_track_s, 1e-4));
    const Album apart = moved(album, 1, CutEdge::end, "7");  // a gap lies between b and c
    CHECK(cut(apart, 1).end_s == 7);
    CHECK(cut(apart, 2).start_s == 8);
}

TEST_CASE("track cut: a fade is as long as it is made, at most what the track and its other fade leave", "[studio]") {
    const Album album = album_of("[[track]]\nsource = \"a.wav\"\nend = 4\nfade_out_ms = 1000\n");
    const Track& track = album.tracks[0];
    CHECK(cut(with_edits(album, fade_edits(track, source(), CutEdge::start, 0.25))).fade_in_s == 0.25);
    CHECK(cut(with_edits(album, fade_edits(track, source(), CutEdge::start, 99))).fade_in_s == 3);
    const Album none = with_edits(album, fade_edits(track, source(), CutEdge::end, -1));
    CHECK(none.text == "[[track]]\nsource = \"a.wav\"\nend = 4\n");
    const Album shaped = with_edits(album, shape_edits(track, CutEdge::end, -1));
    CHECK(shaped.tracks[0].info.fade_out_shape == FadeShape::equal_power);
    CHECK(with_edits(shaped, fade_reset(shaped.tracks[0], CutEdge::end)).text == none.text);
}

TEST_CASE("track cut: a hand's step is a decimal no coarser than its pixel", "[studio]") {
    CHECK(step_of_pixel(0.3) == 1e-3);
    CHECK_THAT(step_of_pixel(0.0005), WithinAbs(1e-4, 1e-12));
    CHECK_THAT(step_of_pixel(1e-9), WithinAbs(1e-6, 1e-12));
}
