// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

/// The ids before and after the gain point, as "a b | c".
std::string ids(const ResolvedChain& chain) {
    std::string text;
    for (const ChainEntry& entry : chain.before_gain_point) text += entry.id + " ";
    text += "|";
    for (const ChainEntry& entry : chain.after_gain_point) text += " " + entry.id;
    return text;
}

/// The chain of the first track's main version for the last master.
std::string resolved(const std::string& chain, const std::string& rest = "[[track]]\nsource = \"a.wav\"\n") {
    const Album album = parse(fmt::format("chain = [ {} ]\n{}", chain, rest));
    return ids(resolve_chain(album, album.tracks[0], nullptr, album.masters.back()));
}

constexpr auto with_own = R"(
[[track]]
source = "a.wav"
chain = [ { type = "gain", id = "own" } ]
)";

double gain_db(const Album& album, const Version* version, const Master& master) {
    const ResolvedChain chain = resolve_chain(album, album.tracks[0], version, master);
    return std::get<GainSettings>(chain.before_gain_point.at(0).settings).gain_db;
}

}  // namespace

TEST_CASE("chain: solved gains go before the clippers and limiters that end it, else to its end", "[session]") {
    CHECK(resolved(R"({type="eq"}, {type="clipper"}, {type="limiter"})") == "eq | clipper limiter");
    CHECK(resolved(R"({type="limiter", id="first"}, {type="eq"}, {type="limiter"})") == "first eq | limiter");
    CHECK(resolved(R"({type="eq"}, {type="gain"})") == "eq gain |");
    CHECK(resolved("") == "|");
    CHECK(resolved(R"({type="limiter"})") == "| limiter");
}

TEST_CASE("chain: a gain_point marker says where solved gains go", "[session]") {
    CHECK(resolved(R"({type="eq"}, {type="gain_point"}, {type="stereo"}, {type="limiter"})") == "eq | stereo limiter");
    CHECK(resolved(R"({type="eq"}, {type="limiter"}, {type="gain_point"})") == "eq limiter |");
}

TEST_CASE("chain: bypassing and skipping leave a processor out and the gain point where it was", "[session]") {
    CHECK(resolved(R"({type="eq"}, {type="stereo", bypass=true}, {type="limiter", bypass=true})") == "eq |");
    CHECK(resolved(R"({type="limiter", id="a"}, {type="eq", bypass=true}, {type="limiter"})") == "a | limiter");
    CHECK(resolved(R"({type="eq"}, {type="clipper"}, {type="limiter"})",
                   "[[track]]\nsource = \"a.wav\"\n[[master]]\nname = \"vinyl\"\nskip = [\"limiter\", \"eq\"]\n") ==
          "| clipper");
}

TEST_CASE("chain: a track's own processors run first, or where the track marker is", "[session]") {
    CHECK(resolved(R"({type="eq"}, {type="limiter"})", with_own) == "own eq | limiter");
    CHECK(resolved(R"({type="eq"}, {type="track"}, {type="limiter"})", with_own) == "eq own | limiter");
    CHECK(resolved(R"({type="eq"}, {type="limiter"}, {type="track"})", with_own) == "eq | limiter own");
    CHECK(resolved(R"({type="gain_point"}, {type="track"}, {type="eq"})", with_own) == "| own eq");
    CHECK(resolved(R"({type="eq"}, {type="track"})", with_own) == "eq own |");
    CHECK(resolved("", with_own) == "own |");
}

TEST_CASE(
    "chain: a version's setting is stronger than a master's, a master's than a track's, a track's than the album's",
    "[session]") {
    const Album album = parse(R"(
[[chain]]
type = "gain"
gain_db = 1
[[track]]
source = "a.wav"
[track.set]
gain.gain_db = 2
[[track.version]]
name = "edit"
[[track.version]]
name = "clean"
[track.version.set]
gain.gain_db = 4
[[track]]
source = "b.wav"
[[master]]
name = "vinyl"
[master.set]
gain.gain_db = 3
[[master]]
name = "plain"
)");
    const Master &vinyl = album.masters[1], &plain = album.masters[2];
    const Version &edit = album.tracks[0].versions[0], &clean = album.tracks[0].versions[1];
    CHECK(gain_db(album, nullptr, album.main()) == 2);
    CHECK(gain_db(album, nullptr, plain) == 2);
    CHECK(gain_db(album, nullptr, vinyl) == 3);
    CHECK(gain_db(album, &edit, vinyl) == 3);
    CHECK(gain_db(album, &clean, vinyl) == 4);
    CHECK(gain_db(album, &clean, plain) == 4);
    const ResolvedChain other = resolve_chain(album, album.tracks[1], nullptr, album.main());
    CHECK(std::get<GainSettings>(other.before_gain_point.at(0).settings).gain_db == 1);
}

TEST_CASE("chain: settings reach bands by name and number, common keys, and a track's own processors", "[session]") {
    const Album album = parse(R"(
[[chain]]
type = "eq"
bands = [ { name = "mud", hz = 200 }, { hz = 4000, bypass = true } ]
[[chain]]
type = "multiband"
crossovers_hz = [100]
bands = [ {}, {} ]
[[track]]
source = "a.wav"
[[track.chain]]
type = "reverb"
id = "room"
preset = "hall"
[track.set]
eq = { bands.mud.gain_db = -3, bands.2 = { q = 5 }, phase = "minimum", mix = 0.5 }
multiband.crossovers_hz = [150]
multiband.bands.2.ratio = 4
room.wet_db = -inf
)");
    const ResolvedChain chain = resolve_chain(album, album.tracks[0], nullptr, album.main());
    REQUIRE(ids(chain) == "room eq multiband |");
    CHECK(std::get<ReverbSettings>(chain.before_gain_point[0].settings).wet_db == -unbounded);
    const auto& eq = std::get<EqSettings>(chain.before_gain_point[1].settings);
    CHECK(eq.bands[0].gain_db == -3);
    CHECK(eq.bands[1].q == 5);
    CHECK(eq.bands[1].bypass);
    CHECK(eq.phase == EqPhase::minimum);
    CHECK(chain.before_gain_point[1].common.mix == 0.5);
    const auto& multiband = std::get<MultibandSettings>(chain.before_gain_point[2].settings);
    CHECK(multiband.crossovers_hz == std::vector<double>{150});
    CHECK(multiband.bands[0].ratio == 2);
    CHECK(multiband.bands[1].ratio == 4);
}

TEST_CASE("chain: an override can bypass a processor and switch it on", "[session]") {
    const auto chain = R"({type="eq"}, {type="gain", bypass=true}, {type="limiter"})";
    CHECK(resolved(chain, "[[track]]\nsource=\"a.wav\"\n[track.set]\neq.bypass=true\ngain.bypass=false\n") ==
          "gain | limiter");
}

}  // namespace lathe::test
