// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/resonance_cut.h"

#include <unistd.h>

#include "app/demo/demo_album.h"
#include "app/studio/model/document.h"
#include "dsp/core/error.h"
#include "tests/support/catch.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

/// The demo album, written once for all tests of this program.
const fs::path& demo_album() {
    static const struct Demo {
        Demo() {
            std::string name = (fs::temp_directory_path() / "lathe-cut-XXXXXX").string();
            folder = ::mkdtemp(name.data());
            album = write_demo_album(folder, {});
        }
        ~Demo() {
            std::error_code ignored;
            fs::remove_all(folder, ignored);
        }
        fs::path folder, album;
    } demo;
    return demo.album;
}

/// As the demo's first song has it.
Resonance planted() {
    Resonance r;
    r.frequency_hz = 187;
    r.q = 32;
    r.cut_db = -10;
    return r;
}

const EqSettings& equaliser(const ChainSlot& slot) { return std::get<EqSettings>(slot.entry.settings); }

}  // namespace

TEST_CASE("resonance cut: it is a bell more in the album's equaliser, and undo gives the text back", "[studio]") {
    Document document(demo_album());
    const std::string before = document.album().text;
    CHECK(!find_cut(document.album(), document.album().tracks[0], 187));
    document.edit("cut", cut_edits(document.album(), document.album().tracks[0], planted(), false));
    const std::vector<EqBand>& bands = equaliser(document.album().chain[0]).bands;
    REQUIRE(bands.size() == 4);
    CHECK(bands[3].name == "187 Hz");
    CHECK(bands[3].type == EqBandType::bell);
    CHECK(bands[3].hz == 187);
    CHECK(bands[3].gain_db == -10);
    CHECK(bands[3].q == 32);
    CHECK(bands[3].channel == Channel::stereo);
    for (const Track& track : document.album().tracks) CHECK(find_cut(document.album(), track, 187));
    document.undo();
    CHECK(document.album().text == before);
}

TEST_CASE("resonance cut: taken back, the album's text is what it was", "[studio]") {
    const bool song_alone = GENERATE(false, true);
    Document document(demo_album());
    const std::string before = document.album().text;
    document.edit("cut", cut_edits(document.album(), document.album().tracks[0], planted(), song_alone));
    CHECK(document.album().text != before);
    const auto cut = find_cut(document.album(), document.album().tracks[0], 187);
    REQUIRE(cut);
    document.edit("uncut", uncut_edits(document.album().tracks[0], *cut));
    CHECK(document.album().text == before);
}

TEST_CASE("resonance cut: of one song alone it lies in an equaliser of that song, and no other song has it",
          "[studio]") {
    Document document(demo_album());
    const auto cut = [&](Resonance r) {
        document.edit("cut", cut_edits(document.album(), document.album().tracks[0], r, true));
    };
    cut(planted());
    Resonance other = planted();
    other.frequency_hz = 1234.5;
    other.channel = Channel::side;
    cut(other);
    const Album& album = document.album();
    REQUIRE(album.tracks[0].chain.size() == 1);
    const EqSettings& own = equaliser(album.tracks[0].chain[0]);
    REQUIRE(own.bands.size() == 2);
    CHECK(own.phase == EqPhase::minimum);
    CHECK(own.bands[1].channel == Channel::side);
    CHECK(equaliser(album.chain[0]).bands.size() == 3);
    CHECK(find_cut(album, album.tracks[0], 1234.5));
    CHECK(!find_cut(album, album.tracks[1], 1234.5));
    // The first of two is taken back alone.
    document.edit("uncut", uncut_edits(album.tracks[0], *find_cut(album, album.tracks[0], 187)));
    CHECK(equaliser(document.album().tracks[0].chain.at(0)).bands.size() == 1);
    CHECK(find_cut(document.album(), document.album().tracks[0], 1234.5));
}

TEST_CASE("resonance cut: an album without an equaliser gets one, first in its chain", "[studio]") {
    Document document(demo_album());
    document.edit("no equaliser", std::vector{Edit::remove("eq")});
    document.edit("cut", cut_edits(document.album(), document.album().tracks[0], planted(), false));
    CHECK(equaliser(document.album().chain.at(0)).bands.at(0).hz == 187);
    CHECK(document.album().chain.size() == 5);
}

TEST_CASE("resonance cut: a band cuts what lies within 1 % of it, if it lowers and works", "[studio]") {
    Document document(demo_album());
    const auto cut_at = [&](double hz) {
        return find_cut(document.album(), document.album().tracks[0], hz).has_value();
    };
    CHECK(cut_at(240));  // the demo's "mud", −1.5 dB
    CHECK(cut_at(242));
    CHECK(!cut_at(243));
    CHECK(!cut_at(9000));
    document.edit("louder", std::vector{Edit{"eq.bands.mud.gain_db", "1.5"}});
    CHECK(!cut_at(240));
    document.undo();
    document.edit("bypass", std::vector{Edit{"eq.bands.mud.bypass", "true"}});
    CHECK(!cut_at(240));
}

TEST_CASE("resonance cut: a second cut of that name gets another one", "[studio]") {
    Document document(demo_album());
    const auto cut = [&] {
        document.edit("cut", cut_edits(document.album(), document.album().tracks[0], planted(), false));
    };
    cut();
    cut();
    CHECK(equaliser(document.album().chain[0]).bands.at(4).name == "187 Hz (2)");
}
