// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/key.h"

#include <set>

#include "app/render/production.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string album_text =
    "[album]\ntitle = \"T\"\nloudness_lufs = -14\ntrue_peak_dbtp = -1\n"
    "[[chain]]\ntype = \"eq\"\nbands = [ { name = \"mud\", type = \"bell\", hz = 300, gain_db = 2, q = 1 } ]\n"
    "[[chain]]\ntype = \"compressor\"\nthreshold_db = -20\n"
    "[[chain]]\ntype = \"reverb\"\npreset = \"plate\"\nwet_db = -20\n"
    "[[chain]]\ntype = \"limiter\"\n"
    "[[track]]\nid = \"one\"\nsource = \"a.wav\"\n[[deliver]]\ndir = \"out\"\n";

template <class Sample = float>
std::string key_with(const Desk& desk, const std::vector<std::string>& edits) {
    std::vector<Edit> list;
    for (const std::string& edit : edits) list.push_back(parse_edit(edit));
    const Album album = with_edits(desk.album(album_text), list);
    Production<Sample> production(album, {});
    return production.main_jobs(album.main()).front().key;
}

}  // namespace

TEST_CASE("key: every setting before the gain point, the source, its cut and the precision change it", "[render]") {
    const Desk desk;
    std::set<std::string> keys{key_with(desk, {}), key_with<double>(desk, {})};
    REQUIRE(keys.size() == 2);
    const char* edits[] = {"eq.bands.mud.gain_db=2.0001",
                           "eq.bands.mud.hz=300.01",
                           "eq.bands.mud.q=1.0001",
                           "eq.bands.mud.type=low_shelf",
                           "eq.bands.mud.channel=mid",
                           "eq.phase=minimum",
                           "eq.mix=0.5",
                           "eq.bypass=true",
                           "compressor.ratio=2.5",
                           "compressor.attack_ms=31",
                           "compressor.detector=rms",
                           "compressor.channel=side",
                           "compressor.link=0.5",
                           "reverb.preset=hall",
                           "reverb.wet_db=-20.1",
                           "reverb.predelay_ms=1",
                           "reverb.decay_scale=0.9",
                           "track.one.source=b.wav",
                           "track.one.start=1s",
                           "track.one.end=100000s",
                           "track.one.input_db=0.1"};
    for (const char* edit : edits) {
        CAPTURE(edit);
        CHECK(keys.insert(key_with(desk, {edit})).second);
    }
}

TEST_CASE("key: names, notes, targets and what lies behind the gain point leave it", "[render]") {
    const Desk desk;
    const std::string key = key_with(desk, {});
    for (const char* edit :
         {"album.title=Other", "album.comment=x", "album.loudness_lufs=-9", "eq.note=louder", "track.one.title=New",
          "track.one.gain_db=1", "album.true_peak_dbtp=-2", "limiter.release_ms=50", "deliver.out.bits=16"}) {
        CAPTURE(edit);
        CHECK(key_with(desk, {edit}) == key);
    }
}

TEST_CASE("key: other bytes in a source of the same name change it", "[render]") {
    const Desk desk;
    const std::string key = key_with(desk, {});
    std::filesystem::copy_file(desk.path() / "b.wav", desk.path() / "a.wav",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(key_with(desk, {}) != key);
}
