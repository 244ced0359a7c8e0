// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ostream>

#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

/// What an edit did to a text: the piece that went and the piece that came, between what both texts share.
struct Change {
    std::string gone, come;
    bool operator==(const Change&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Change& change) {
    return out << "-" << change.gone << "\n+" << change.come;
}

Change change(const std::string& before, const std::string& after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    const auto front = static_cast<std::size_t>(
        std::mismatch(before.begin(), before.begin() + static_cast<long>(shorter), after.begin()).first -
        before.begin());
    std::size_t back = 0;
    while (back < shorter - front && before[before.size() - 1 - back] == after[after.size() - 1 - back]) ++back;
    return {before.substr(front, before.size() - front - back), after.substr(front, after.size() - front - back)};
}

using Lines = std::vector<std::string>;

Change edit_change(const std::string& text, const std::string& edit) { return change(text, with(parse(text), {edit})); }
Lines lines_added(const std::string& text, std::initializer_list<std::string> edits) {
    return new_lines(text, with(parse(text), edits));
}
std::string edit_error(const std::string& edit) {
    return error_of([&] { with(parse(example_album), {edit}); });
}

}  // namespace

TEST_CASE("edit: a value that is there is replaced, and no other byte changes", "[session]") {
    CHECK(edit_change(example_album, "album.loudness_lufs=-16.5") == Change{"4.0", "6.5"});
    CHECK(edit_change(example_album, "album.title=\"D\"") == Change{"emo", ""});
    CHECK(edit_change(example_album, "eq.phase=minimum") == Change{"linear", "minimum"});
    CHECK(edit_change(example_album, "chain.eq.phase=minimum") == Change{"linear", "minimum"});
    CHECK(edit_change(example_album, "eq.bands.mud.gain_db=-2") == Change{"1.5", "2"});
    CHECK(edit_change(example_album, "eq.bands.3.gain_db=2") == Change{"1.0", "2"});
    CHECK(edit_change(example_album, "multiband.bands.4.ratio=9") == Change{"1.6", "9"});
    CHECK(edit_change(example_album, "multiband.crossovers_hz=[120, 1000, 7000]") == Change{"6", "7"});
    CHECK(edit_change(example_album, "track.one.set.multiband.bypass=false") == Change{"tru", "fals"});
    CHECK(edit_change(example_album, "track.1.set.eq.bands.2.gain_db=-4") == Change{"3.0", "4"});
    CHECK(edit_change(example_album, "track.one.start=0:01") == Change{"0.350", "1"});
    CHECK(edit_change(example_album, "track.one.version.instrumental.name=edit") == Change{"instrumental", "edit"});
    CHECK(edit_change(example_album, "master.vinyl.skip=[]") == Change{"\"clipper\", \"limiter\"", ""});
    CHECK(edit_change(example_album, "master.main.gain_db=3") == Change{"0", "3"});
    CHECK(edit_change(example_album, "deliver.hires.bits=float") == Change{"24", "\"float\""});
    CHECK(edit_change(example_album, "album.loudness_lufs=-14.0") == Change{"", ""});
}

TEST_CASE("edit: a missing key goes behind the last one of its table and the comment that belongs to it", "[session]") {
    CHECK(lines_added(example_album, {"album.artist=Me"}) == Lines{"10: artist = \"Me\""});
    CHECK(lines_added(example_album, {"limiter.release_ms=auto"}) == Lines{"42: release_ms = \"auto\""});
    CHECK(lines_added(example_album, {"track.one.set.eq.phase=mixed"}) == Lines{"61: eq.phase = \"mixed\""});
    CHECK(lines_added(example_album, {"deliver.hires.kbps=320"}) == Lines{"76: kbps = 320"});
    CHECK(edit_change(example_album, "eq.bands.mud.bypass=true") == Change{"", ", bypass = true"});
    CHECK(edit_change("chain = [ { type = \"multiband\", crossovers_hz = [99], bands = [{},{}] } ]",
                      "multiband.bands.2.ratio=3") == Change{"", " ratio = 3 "});
}

TEST_CASE("edit: a missing table gets its header where it belongs", "[session]") {
    CHECK(lines_added(example_album, {"master.vinyl.set.limiter.drive_db=2", "master.vinyl.set.eq.bypass=true"}) ==
          Lines{"66: [master.set]", "67: limiter.drive_db = 2", "68: eq.bypass = true"});
    CHECK(lines_added(example_album, {"track.one.version.instrumental.set.gain.gain_db=1"}) ==
          Lines{"63: [track.version.set]", "64: gain.gain_db = 1"});
    const std::string two = R"(# my album
lathe = 1

# the tracks
[[track]]
source = "a.wav"  # the first

[[track]]
source = "b.wav"
)";
    CHECK(lines_added(two, {"track.2.gain_db=1"}) == Lines{"10: gain_db = 1"});
    CHECK(lines_added(two, {"album.loudness_lufs=-14", "album.true_peak_dbtp=-1"}) ==
          Lines{"4: [album]", "5: loudness_lufs = -14", "6: true_peak_dbtp = -1", "7: "});
    CHECK(lines_added(two, {"deliver.wav.bits=16"}) ==
          Lines{"11: [[deliver]]", "12: name = \"wav\"", "13: dir = \"wav\"", "14: bits = 16", "15: "});
    const std::string chain = "[[chain]]\ntype = \"gain\"\n" + two.substr(two.find("[[track]]"));
    CHECK(lines_added(chain, {"track.1.set.gain.gain_db=1"}) == Lines{"5: [track.set]", "6: gain.gain_db = 1"});
    CHECK(lines_added("", {"album.title=x"}) == Lines{"1: [album]", "2: title = \"x\""});
}

TEST_CASE("edit: a key is written like its neighbours", "[session]") {
    CHECK(lines_added("[album]\n  title  = \"x\"\n  artist = \"y\"\n", {"album.upc=1"}) ==
          Lines{"4:   upc    = \"1\""});
    CHECK(lines_added("[album]\ntitle=\"x\"\n", {"album.disc=2"}) == Lines{"3: disc=2"});
    CHECK(lines_added("album.title = \"x\"\n", {"album.disc=2"}) == Lines{"2: album.disc = 2"});
    CHECK(lines_added("album = { title = \"x\" }\n", {"album.disc=2"}) ==
          Lines{"1: album = { title = \"x\", disc = 2 }"});
}

TEST_CASE("edit: the file's line endings, missing last line end and byte order mark stay", "[session]") {
    std::string crlf;
    for (const char c : example_album) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(edit_change(crlf, "eq.phase=minimum") == Change{"linear", "minimum"});
    const std::string grown = with(parse(crlf), {"album.artist=Me", "master.vinyl.set.gain.gain_db=2"});
    CHECK(std::count(grown.begin(), grown.end(), '\n') == std::count(grown.begin(), grown.end(), '\r'));
    CHECK(grown.find("artist = \"Me\"\r\n") != std::string::npos);
    CHECK(with(parse("[album]"), {"album.disc=2"}) == "[album]\ndisc = 2");
    CHECK(with(parse("[album]\r\ndisc = 1"), {"album.title=x"}) == "[album]\r\ndisc = 1\r\ntitle = \"x\"");
    CHECK(with(parse("\xEF\xBB\xBF[[deliver]]\nbits=16"), {"album.disc=2"}) ==
          "\xEF\xBB\xBF[album]\ndisc = 2\n\n[[deliver]]\nbits=16");
}

TEST_CASE("edit: values of every written form are found whole", "[session]") {
    const std::string head = "[[track]]\nsource = 'it''s.wav'\n";
    CHECK_THROWS(parse(head));
    const std::string text =
        "[album]\n\"title\" = \"\"\"two\n# no comment\nquotes\"\"\"\"\"  # a comment\nartist = '''#'''\ncomment = 'a # "
        "b' # c\n"
        "date = 2024-05-31 # day\n[[track]]\nsource = \"# \\\" ] }.wav\" # s\n[[chain]]\ntype = \"eq\" # t\nbands = "
        "[ # first\n  { name = \"a ] }\", hz = 100 }, # one\n  # two\n  { hz = 2e2 } # three\n  , ] # four\n";
    CHECK(parse(text).info.title == "two\n# no comment\nquotes\"\"");
    CHECK(edit_change(text, "album.title=x") == Change{"\"\"two\n# no comment\nquotes\"\"\"\"", "x"});
    CHECK(edit_change(text, "album.artist=x") == Change{"'''#'''", "\"x\""});
    CHECK(edit_change(text, "album.comment=x") == Change{"'a # b'", "\"x\""});
    CHECK(edit_change(text, "album.date=2025") == Change{"2024-05-31", "\"2025\""});
    CHECK(edit_change(text, "track.1.source=x") == Change{"# \\\" ] }.wav", "x"});
    CHECK(edit_change(text, "eq.bands.a ] }.hz=300") == Change{"1", "3"});
    CHECK(edit_change(text, "eq.bands.2.hz=300") == Change{"2e2", "300"});
    CHECK(edit_change(text, "eq.bands.2.q=3") == Change{"", ", q = 3"});
}

TEST_CASE("edit: bands and processors are found however the file spells them", "[session]") {
    const std::string text = R"([[chain]]
type = "eq"
[[chain.bands]]
hz = 100
[[chain.bands]]
name = "low mud"
hz = 200
[[chain]]
type = "gain"
[[track]]
source = "a.wav"
[track.set.eq]
bands."low mud".q = 2
bands.1 = { q = 3 }
)";
    CHECK(lines_added(text, {"eq.bands.1.q=5"}) == Lines{"5: q = 5"});
    CHECK(edit_change(text, "eq.bands.low mud.hz=300") == Change{"2", "3"});
    CHECK(edit_change(text, "track.1.set.eq.bands.2.q=4") == Change{"2", "4"});
    CHECK(edit_change(text, "track.1.set.eq.bands.1.q=4") == Change{"3", "4"});
    CHECK(edit_change(text, "track.1.set.eq.bands.1.hz=90") == Change{"", ", hz = 90"});
    CHECK(lines_added(text, {"track.1.set.eq.bands.low mud.hz=90"}) == Lines{"15: bands.\"low mud\".hz = 90"});
    CHECK(lines_added(text, {"track.1.set.gain.gain_db=1"}) == Lines{"12: [track.set]", "13: gain.gain_db = 1"});
}

TEST_CASE("edit: what cannot be is refused by its path, and nothing is changed", "[session]") {
    CHECK(edit_error("album.loudness=-14") ==
          "album.loudness: unknown key \"loudness\"; did you mean \"loudness_lufs\"?");
    CHECK(edit_error("album.loudness_lufs=3") == "album.loudness_lufs: must be -70 to 0 LUFS, not 3");
    CHECK(edit_error("album.loudness_lufs=-14 LUFS") ==
          "album.loudness_lufs: must be a number without quotes or unit: -14, not \"-14 LUFS\"");
    CHECK(edit_error("album.loudness_lufs=") == "album.loudness_lufs: must be a number, not \"\"");
    CHECK(edit_error("album.gain_db=1\ntitle = 2") ==
          "album.gain_db: must be a number without quotes or unit: 1, not \"1\ntitle = 2\"");
    CHECK(edit_error("album.gain_db=1 # louder") ==
          "album.gain_db: must be a number without quotes or unit: 1, not \"1 # louder\"");
    CHECK(edit_error("eqq.phase=linear") == "eqq.phase: unknown name \"eqq\"; did you mean \"eq\"?");
    CHECK(edit_error("chain.eqq.phase=linear") == "chain.eqq.phase: unknown processor \"eqq\"; did you mean \"eq\"?");
    CHECK(edit_error("eq=1") == "eq: needs a key of the eq");
    CHECK(edit_error("eq.phase=linar") ==
          "eq.phase: cannot be \"linar\"; did you mean \"linear\"? (linear, minimum, mixed)");
    CHECK(edit_error("eq.bands.mdu.q=1") ==
          "eq.bands.mdu.q: nothing in bands is called \"mdu\"; did you mean \"mud\"?");
    CHECK(edit_error("track.two.gain_db=1") == "track.two.gain_db: unknown track \"two\" (known: one)");
    CHECK(edit_error("track.2.gain_db=1") == "track.2.gain_db: unknown track \"2\" (known: one)");
    CHECK(edit_error("track.one=1") == "track.one: needs a key, as track.one.KEY");
    CHECK(edit_error("track.one.set.eqq.q=1") ==
          "track.one.set.eqq.q: unknown processor \"eqq\"; did you mean \"eq\"?");
    CHECK(edit_error("master.vynil.gain_db=1") ==
          "master.vynil.gain_db: unknown master \"vynil\"; did you mean \"vinyl\"?");
    CHECK(edit_error("deliver.hirez.bits=16") ==
          "deliver.hirez.bits: unknown deliverable \"hirez\"; did you mean \"hires\"?");
    CHECK(edit_error("deliver.hires.bits=20") ==
          "deliver.hires.bits: [[deliver]] hires: bits must be 16, 24, 32 or \"float\", not 20");
    CHECK(edit_error("multiband.crossovers_hz=[100, 200]") ==
          "multiband.crossovers_hz: [[chain]] multiband: 2 crossovers make 3 bands, not 4");
    CHECK(edit_error("master.vinyl.skip=[\"limter\"]") ==
          "master.vinyl.skip: [[master]] vinyl: unknown processor \"limter\"; did you mean \"limiter\"?");
    CHECK(edit_error("gain.id=eq") == "gain.id: [[chain]] 2: two processors have the id \"eq\"");
    CHECK(error_of([] { parse_edit("album.title"); }) == "album.title: needs a value, as album.title=VALUE");
}

TEST_CASE("edit: edits that are good only together are made together", "[session]") {
    const Album album = parse(example_album);
    const std::vector<Edit> edits{parse_edit("reverb.ir=\"\""), parse_edit("reverb.preset=hall"),
                                  parse_edit("album.title = a = b ")};
    const Album changed = with_edits(album, edits);
    CHECK(std::get<ReverbSettings>(changed.chain[4].entry.settings).preset == RoomPreset::hall);
    CHECK(changed.info.title == "a = b");
    CHECK(changed.path == album.path);
    CHECK(edited(album, {}) == example_album);
}

}  // namespace lathe::test
