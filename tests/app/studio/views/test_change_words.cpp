// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/change_words.h"

#include "app/session/album_file.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

constexpr const char* text = R"([album]
title = "T"
loudness_lufs = -14
true_peak_dbtp = -1
[[chain]]
type = "eq"
bands = [ { name = "mud", type = "bell", hz = 240, gain_db = -1.5 }, { type = "bell", hz = 900, gain_db = 1 } ]
[[chain]]
type = "stereo"
[[chain]]
type = "limiter"
[[master]]
name = "vinyl"
loudness_lufs = -18
[[track]]
id = "one"
title = "One"
source = "one.wav"
[[track]]
id = "two"
source = "two.wav"
[[deliver]]
name = "cd"
bits = 16
)";

Album album() { return parse_album(text, "/nowhere/album.toml"); }

std::vector<std::string> words_of(const std::vector<Edit>& edits) {
    return changes_in_words(album(), with_edits(album(), edits));
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("change words: a setting is told with what it is of, its label, both values and its unit once", "[studio]") {
    CHECK(words_of({Edit{"eq.bands.mud.gain_db", "-2"}}) ==
          Words{"eq band mud gain \u22121.5 \u2192 \u22122.0\u2009dB"});
    CHECK(words_of({Edit{"eq.bands.2.gain_db", "1.25"}}) == Words{"eq band 2 gain 1.0 \u2192 1.25\u2009dB"});
    CHECK(words_of({Edit{"eq.bands.2.hz", "1200"}}) == Words{"eq band 2 frequency 900\u2009Hz \u2192 1.20\u2009kHz"});
    CHECK(words_of({Edit{"stereo.bypass", "true"}}) == Words{"stereo bypass off \u2192 on"});
    CHECK(words_of({Edit{"eq.phase", "minimum"}}) == Words{"eq phase linear \u2192 minimum"});
    CHECK(words_of({Edit{"album.loudness_lufs", "-12"}}) ==
          Words{"target loudness \u221214.0 \u2192 \u221212.0\u2009LUFS"});
    CHECK(words_of({Edit{"track.one.title", "Uno"}}) == Words{"Uno: title One \u2192 Uno"});
    CHECK(words_of({Edit{"deliver.cd.bits", "24"}}) == Words{"delivery cd bits 16 \u2192 24"});
}

TEST_CASE("change words: what comes, goes and moves is told", "[studio]") {
    CHECK(words_of({Edit::insert("chain", "{ type = \"clipper\" }", 2)}) == Words{"clipper added"});
    CHECK(words_of({Edit::remove("stereo")}) == Words{"stereo removed"});
    CHECK(words_of({Edit::move("stereo", 0)}) == Words{"order: stereo, eq, limiter"});
    CHECK(words_of({Edit::insert("eq.bands", "{ name = \"air\", hz = 9000 }")}) == Words{"eq band air added"});
    CHECK(words_of({Edit::move("track.two", 0)}) == Words{"order: two, one"});
    CHECK(words_of({Edit::remove("master.vinyl")}) == Words{"master vinyl removed"});
}

TEST_CASE("change words: a song's own value is told as the song's, and not twice", "[studio]") {
    CHECK(words_of({Edit{"track.one.set.eq.bands.mud.gain_db", "-3"}}) ==
          Words{"One: eq band mud gain \u22121.5 \u2192 \u22123.0\u2009dB"});
    CHECK(words_of({Edit{"track.one.set.eq.bands.mud.gain_db", "-3"}, Edit{"stereo.width", "1.2"}}) ==
          Words{"stereo width 1.00 \u2192 1.20", "One: eq band mud gain \u22121.5 \u2192 \u22123.0\u2009dB"});
}

TEST_CASE("change words: comments and layout are no change", "[studio]") {
    const std::string other = std::string("# a comment\n\n") + text;
    CHECK(changes_in_words(album(), parse_album(other, "/nowhere/album.toml")).empty());
}

TEST_CASE("change words: one master against another", "[studio]") {
    const Album both = with_edits(album(), std::vector{Edit{"master.vinyl.skip", "[\"limiter\"]"}});
    CHECK(master_changes_in_words(both, both.masters[0], both.masters[1]) ==
          Words{"target loudness \u221214.0 \u2192 \u221218.0\u2009LUFS",
                "target true peak \u22121.0\u2009dBTP \u2192 none", "leaves out none \u2192 limiter"});
}
