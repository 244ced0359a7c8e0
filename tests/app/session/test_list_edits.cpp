// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

std::string after(const std::string& text, std::initializer_list<Edit> edits) {
    return edited(parse(text), std::vector<Edit>(edits));
}
std::string refused(const std::string& text, std::initializer_list<Edit> edits) {
    return error_of([&] { after(text, edits); });
}

const std::string blocks = R"(# the album
[album]
title = "T"  # its title
disc = 1

# The chain.

# cleans
[[chain]]
type = "eq"
phase = "linear"
bands = [
  { name = "low", hz = 40 },   # rumble
  # the boxy part
  { name = "mud", hz = 240, gain_db = -1.5 },
  { name = "air", type = "high_shelf", hz = 9000 }
]

[[chain]]  # drive
type = "gain"

# the last
[[chain]]
type = "limiter"
# below the chain

[[track]]
id = "one"
source = "a.wav"
[track.set]
# less of it
eq.phase = "minimum"
gain.gain_db = 1  # louder

# a free comment

[[track]]
id = "two"
source = "b.wav"

[[deliver]]
name = "cd"
tracks = ["one", "two"]
)";

std::string replaced(std::string text, const std::string& old, const std::string& now) {
    const std::size_t place = text.find(old);
    REQUIRE(place != std::string::npos);
    REQUIRE(text.find(old, place + 1) == std::string::npos);
    return text.replace(place, old.size(), now);
}
std::string without(const std::string& text, const std::string& old) { return replaced(text, old, ""); }

}  // namespace

TEST_CASE("edit: a key taken out goes with its line, and an empty set table with its header", "[session]") {
    CHECK(after(blocks, {Edit::unset("album.title")}) == without(blocks, "title = \"T\"  # its title\n"));
    CHECK(after(blocks, {Edit::unset("track.one.set.eq.phase")}) == without(blocks, "eq.phase = \"minimum\"\n"));
    CHECK(
        after(blocks, {Edit::unset("track.one.set.eq.phase"), Edit::unset("track.one.set.gain.gain_db")}) ==
        without(without(without(blocks, "[track.set]\n"), "eq.phase = \"minimum\"\n"), "gain.gain_db = 1  # louder\n"));
    CHECK(after(blocks, {Edit::unset("eq.bands.mud.gain_db")}) == without(blocks, ", gain_db = -1.5"));
    CHECK(after(blocks, {Edit::unset("eq.bands.mud.name")}) == without(blocks, "name = \"mud\", "));
    CHECK(after(blocks, {Edit::unset("album.artist")}) == blocks);
    CHECK(after("album = { disc = 1 }\n", {Edit::unset("album.disc")}) == "album = {}\n");
    CHECK(after("[album]\ndisc = 1", {Edit::unset("album.disc")}) == "[album]");
    CHECK(after("album.disc = 1\r\nlathe = 1\r\n", {Edit::unset("album.disc")}) == "lathe = 1\r\n");
    const std::string inner =
        "chain = [ { type = \"gain\" } ]\ntrack = [ { source = \"a\", set = { gain = {mix = 1} } } ]";
    CHECK(after(inner, {Edit::unset("track.1.set.gain.mix")}) == without(inner, ", set = { gain = {mix = 1} }"));
    const std::string headers = R"([[chain]]
type = "gain"
[[chain]]
type = "eq"

[[track]]
source = "a"

[track.set.gain]
mix = 1

[track.set]
eq.phase = "minimum"
)";
    CHECK(after(headers, {Edit::unset("track.1.set.gain.mix")}) == without(headers, "[track.set.gain]\nmix = 1\n\n"));
    CHECK(refused(blocks, {Edit::unset("track.one.source")}) ==
          "track.one.source: [[track]] one: needs a source, as source = \"one.wav\"");
    CHECK(refused(blocks, {Edit::unset("eq.phas")}).starts_with("eq.phas: unknown key \"phas\""));
}

TEST_CASE("edit: a new processor is a block at its index, parted from its neighbours as they are", "[session]") {
    const auto insert = [](const char* list, std::optional<std::size_t> at) {
        return Edit::insert(list, "{ type = \"stereo\", width = 1.1 }", at);
    };
    const std::string block = "[[chain]]\ntype = \"stereo\"\nwidth = 1.1\n";
    CHECK(after(blocks, {insert("chain", 0)}) == replaced(blocks, "# cleans\n", block + "\n# cleans\n"));
    CHECK(after(blocks, {insert("chain", 2)}) == replaced(blocks, "# the last\n", block + "\n# the last\n"));
    CHECK(after(blocks, {insert("chain", {})}) ==
          replaced(blocks, "type = \"limiter\"\n", "type = \"limiter\"\n\n" + block));
    CHECK(after(blocks, {insert("track.one.chain", {})}) ==
          replaced(blocks, "# louder\n", "# louder\n[[track.chain]]\ntype = \"stereo\"\nwidth = 1.1\n"));
    CHECK(after(blocks, {insert("track.two.chain", {})}) ==
          replaced(blocks, "\"b.wav\"\n", "\"b.wav\"\n\n[[track.chain]]\ntype = \"stereo\"\nwidth = 1.1\n"));
    CHECK(after(example_album, {insert("chain", 1)}) ==
          replaced(example_album, "[[chain]]\nid = \"eq\"", block + "[[chain]]\nid = \"eq\""));
    CHECK(after("[[deliver]]\nbits = 16", {insert("chain", {})}) == block + "\n[[deliver]]\nbits = 16");
    CHECK(after("", {insert("chain", {})}) == block);
    CHECK(after("chain = [ { type = \"gain\" } ]", {insert("chain", {})}) ==
          "chain = [ { type = \"gain\" }, { type = \"stereo\", width = 1.1 } ]");
    CHECK(after("track = [ { source = \"a\" } ]", {insert("track.1.chain", {})}) ==
          "track = [ { source = \"a\", chain = [ { type = \"stereo\", width = 1.1 } ] } ]");
}

TEST_CASE("edit: new tracks, masters, versions and deliverables stand where a person looks for them", "[session]") {
    CHECK(after(blocks, {Edit::insert("track", "{ source = \"c.wav\", id = \"c\" }", 1)}) ==
          replaced(blocks, "[[track]]\nid = \"two\"",
                   "[[track]]\nsource = \"c.wav\"\nid = \"c\"\n\n[[track]]\nid = \"two\""));
    CHECK(after(blocks, {Edit::insert("master", "{ name = \"vinyl\" }")}) ==
          replaced(blocks, "[[deliver]]", "[[master]]\nname = \"vinyl\"\n\n[[deliver]]"));
    CHECK(after(blocks, {Edit::insert("deliver", "{ name = \"hi\", bits = 24 }")}) ==
          blocks + "\n[[deliver]]\nname = \"hi\"\nbits = 24\n");
    CHECK(after(blocks, {Edit::insert("track.one.version", "{ name = \"edit\" }")}) ==
          replaced(blocks, "# louder\n", "# louder\n[[track.version]]\nname = \"edit\"\n"));
    CHECK(parse(after(blocks, {Edit::insert("track", "{ source = \"c.wav\", set = { gain.mix = 0.5 } }")}))
              .tracks[2]
              .overrides.size() == 1);
}

TEST_CASE("edit: a new band stands in the array as its neighbours do", "[session]") {
    const auto insert = [](std::optional<std::size_t> at) { return Edit::insert("eq.bands", "{ hz = 99 }", at); };
    CHECK(after(blocks, {insert(0)}) == replaced(blocks, "  { name = \"low\"", "  { hz = 99 },\n  { name = \"low\""));
    CHECK(after(blocks, {insert(1)}) == replaced(blocks, "  # the boxy", "  { hz = 99 },\n  # the boxy"));
    CHECK(after(blocks, {insert({})}) == replaced(blocks, "9000 }\n", "9000 },\n  { hz = 99 }\n"));
    CHECK(after(example_album, {insert(0)}) ==
          replaced(example_album, "[ { type = \"high_pass\"", "[ { hz = 99 },\n          { type = \"high_pass\""));
    CHECK(after(example_album, {insert({})}) ==
          replaced(example_album, "q = 0.7 } ]", "q = 0.7 },\n          { hz = 99 } ]"));
    const std::string eq = "[[chain]]\ntype = \"eq\"\n";
    CHECK(after(eq, {insert({})}) == eq + "bands = [ { hz = 99 } ]\n");
    CHECK(after(eq + "bands = []\n", {insert({})}) == eq + "bands = [ { hz = 99 } ]\n");
    CHECK(after(eq + "bands = [\n  # none yet\n]\n", {insert({})}) == eq + "bands = [\n  # none yet\n{ hz = 99 }\n]\n");
    CHECK(after(eq + "bands = [{hz=1e2}]\n", {insert(0)}) == eq + "bands = [{ hz = 99 },{hz=1e2}]\n");
    CHECK(after(eq + "bands = [ { hz = 1e2 } ] # x\n", {insert(1)}) ==
          eq + "bands = [ { hz = 1e2 }, { hz = 99 } ] # x\n");
    CHECK(after(eq + "[[chain.bands]]\nhz = 1e2\n", {insert(0)}) ==
          eq + "[[chain.bands]]\nhz = 99\n[[chain.bands]]\nhz = 1e2\n");
}

TEST_CASE("edit: what is removed takes its own comments and tables, and no other", "[session]") {
    const std::string kept = without(without(blocks, "gain.gain_db = 1  # louder\n"), "eq.phase = \"minimum\"\n");
    CHECK(after(blocks, {Edit::remove("gain")}) ==
          without(without(blocks, "gain.gain_db = 1  # louder\n"), "[[chain]]  # drive\ntype = \"gain\"\n\n"));
    CHECK(after(blocks, {Edit::remove("chain.limiter")}) ==
          without(blocks, "# the last\n[[chain]]\ntype = \"limiter\"\n"));
    const std::string one =
        "[[track]]\nid = \"one\"\nsource = \"a.wav\"\n[track.set]\n# less of it\neq.phase = "
        "\"minimum\"\ngain.gain_db = 1  # louder\n\n";
    CHECK(after(blocks, {Edit::remove("track.one")}) == replaced(without(blocks, one), "\"one\", \"two\"", "\"two\""));
    CHECK(after(blocks, {Edit::remove("deliver.cd")}) ==
          without(blocks, "\n[[deliver]]\nname = \"cd\"\ntracks = [\"one\", \"two\"]\n"));
    CHECK(after(blocks, {Edit::remove("eq.bands.low")}) ==
          without(blocks, "  { name = \"low\", hz = 40 },   # rumble\n"));
    CHECK(after(blocks, {Edit::remove("eq.bands.2")}) ==
          without(blocks, "  # the boxy part\n  { name = \"mud\", hz = 240, gain_db = -1.5 },\n"));
    CHECK(after(blocks, {Edit::remove("eq.bands.air")}) ==
          replaced(blocks, "-1.5 },\n  { name = \"air\", type = \"high_shelf\", hz = 9000 }\n", "-1.5 }\n"));
    const std::string eq = "[[chain]]\ntype = \"eq\"\n";
    CHECK(after(eq + "bands = [ { hz = 100 } ]", {Edit::remove("eq.bands.1")}) == eq + "bands = []");
    CHECK(after(eq + "bands = [ { hz = 90 }, { hz = 91 } ]", {Edit::remove("eq.bands.1")}) ==
          eq + "bands = [ { hz = 91 } ]");
    CHECK(after(eq + "bands = [ { hz = 90 }, { hz = 91 } ]", {Edit::remove("eq.bands.2")}) ==
          eq + "bands = [ { hz = 90 } ]");
    CHECK(after("chain = [ {type=\"gain\"}, {type=\"eq\"} ]\r\n", {Edit::remove("gain")}) ==
          "chain = [ {type=\"eq\"} ]\r\n");
    CHECK(parse(kept).tracks.size() == 2);
}

TEST_CASE("edit: what is moved carries its own comments and tables; what stands between stays", "[session]") {
    const std::string eq_block =
        blocks.substr(blocks.find("# cleans"), blocks.find("\n[[chain]]  # drive") - blocks.find("# cleans"));
    const std::string gain_block = "[[chain]]  # drive\ntype = \"gain\"\n";
    CHECK(after(blocks, {Edit::move("gain", 0)}) ==
          replaced(blocks, eq_block + "\n" + gain_block, gain_block + "\n" + eq_block));
    CHECK(after(blocks, {Edit::move("gain", 0), Edit::move("gain", 1)}) == blocks);
    CHECK(after(blocks, {Edit::move("eq", {}), Edit::move("eq", 0)}) == blocks);
    CHECK(after(blocks, {Edit::move("track.one", 1), Edit::move("track.one", 0)}) == blocks);
    const std::string two = "[[track]]\nid = \"two\"\nsource = \"b.wav\"\n";
    const std::string one = blocks.substr(blocks.find("[[track]]\nid = \"one\""),
                                          blocks.find("\n# a free") - blocks.find("[[track]]\nid = \"one\""));
    CHECK(after(blocks, {Edit::move("track.two", 0)}) ==
          replaced(replaced(replaced(blocks, two, "@"), one, two), "@", one));
    const std::string low = "  { name = \"low\", hz = 40 },   # rumble\n";
    const std::string mud = "  # the boxy part\n  { name = \"mud\", hz = 240, gain_db = -1.5 },\n";
    CHECK(after(blocks, {Edit::move("eq.bands.mud", 0)}) == replaced(blocks, low + mud, mud + low));
    CHECK(after(blocks, {Edit::move("eq.bands.low", {}), Edit::move("eq.bands.low", 0)}) == blocks);
    CHECK(after(blocks, {Edit::move("eq.bands.air", 0)})
              .find("  { name = \"air\", type = \"high_shelf\", hz = 9000 },\n" + low +
                    "  # the boxy part\n  { name = \"mud\","
                    " hz = 240, gain_db = -1.5 }\n]") != std::string::npos);
    const std::string scattered =
        "[[track]]\nsource = 'a'\n[[track]]\nsource = 'b'\n[[chain]]\ntype = 'eq'\n[track.set]\neq.mix = 0.5\n";
    CHECK(after(scattered, {Edit::move("track.2", 0)}) ==
          "[[track]]\nsource = 'b'\n[track.set]\neq.mix = 0.5\n[[track]]\nsource = 'a'\n[[chain]]\ntype = 'eq'\n");
    CHECK(after("chain = [ {type=\"gain\"}, {type=\"eq\"} ]", {Edit::move("gain", 1)}) ==
          "chain = [ {type=\"eq\"}, {type=\"gain\"} ]");
    CHECK(after("[[chain]]\ntype=\"gain\"\n[[chain]]\ntype=\"eq\"", {Edit::move("eq", 0)}) ==
          "[[chain]]\ntype=\"eq\"\n[[chain]]\ntype=\"gain\"");
}

TEST_CASE("edit: overrides follow the processors and bands that they name", "[session]") {
    const std::string text = R"([[chain]]
type = "eq"
bands = [ { hz = 100 }, { hz = 200, name = "mud" }, { hz = 300 } ]

[[chain]]
type = "eq"

[[track]]
source = "a.wav"
[track.set]
eq.bands.1.q = 1  # a
eq.bands.3.q = 3  # c
eq.bands.mud.q = 2
eq-2.phase = "minimum"

[[master]]
name = "m"
skip = ["eq", "eq-2"]
)";
    const auto bands_moved = after(text, {Edit::move("eq.bands.1", 2)});
    CHECK(new_lines(text, bands_moved) ==
          std::vector<std::string>{"3: bands = [ { hz = 200, name = \"mud\" }, { hz = 300 }, { hz = 100 } ]", "4: ",
                                   "5: [[chain]]", "6: type = \"eq\"", "7: ", "8: [[track]]", "9: source = \"a.wav\"",
                                   "10: [track.set]", "11: eq.bands.3.q = 1  # a", "12: eq.bands.2.q = 3  # c"});
    const std::string removed = after(text, {Edit::remove("eq.bands.1")});
    CHECK(removed.starts_with("[[chain]]\ntype = \"eq\"\nbands = [ { hz = 200, name = \"mud\" }, { hz = 300 } ]\n\n"));
    CHECK(removed.find("[track.set]\neq.bands.2.q = 3  # c\neq.bands.mud.q = 2\n") != std::string::npos);
    // The second EQ would become "eq".
    CHECK(after(text, {Edit::remove("eq")}) == R"([[chain]]
type = "eq"
id = "eq-2"

[[track]]
source = "a.wav"
[track.set]
eq-2.phase = "minimum"

[[master]]
name = "m"
skip = ["eq-2"]
)");
    const std::string swapped = after(text, {Edit::move("eq-2", 0)});
    CHECK(parse(swapped).chain[0].entry.id == "eq-2");
    CHECK(parse(swapped).chain[1].entry.id == "eq");
    CHECK(swapped.substr(swapped.find("[[track]]")) == text.substr(text.find("[[track]]")));
    const Album grown = parse(after(text, {Edit::insert("chain", "{ type = \"eq\" }", 0)}));
    CHECK(grown.chain[1].entry.id == "eq");
    CHECK(grown.chain[2].entry.id == "eq-2");
    // An album's processor would take an override from a track's own.
    const std::string own = "[[track]]\nsource = \"a\"\nset.gain.mix = 0.5\n[[track.chain]]\ntype = \"gain\"\n";
    CHECK(refused(own, {Edit::insert("chain", "{ type = \"gain\" }")}) ==
          "chain: track.1.set.gain.mix would come to mean something else; give both an id or name of their own");
    const std::string tracks = "[[track]]\nsource=\"a\"\n[[track]]\nsource=\"b\"\n[[deliver]]\ntracks = [\"1\"]\n";
    CHECK(parse(after(tracks, {Edit::move("track.1", 1)})).deliveries[0].settings.tracks ==
          std::vector<std::string>{"2"});
    CHECK(refused(tracks, {Edit::remove("track.1")}) ==
          "track.1: deliver.1.tracks.1 would name no track, which means all; change it or remove the delivery first");
}

TEST_CASE("edit: a list of edits is checked at its end, and made whole or not at all", "[session]") {
    const Edit band = Edit::insert("multiband.bands", "{ ratio = 3 }", 1);
    const Edit crossovers{"multiband.crossovers_hz", "[120, 500, 1000, 6000]"};
    const auto split = [&](std::initializer_list<Edit> edits) {
        return std::get<MultibandSettings>(parse(after(example_album, edits)).chain[2].entry.settings);
    };
    CHECK(split({band, crossovers}).bands.size() == 5);
    CHECK(split({crossovers, band}).bands[1].ratio == 3);
    CHECK(refused(example_album, {band}) == "multiband.bands: [[chain]] multiband: 3 crossovers make 4 bands, not 5");
    const std::string both =
        after(blocks, {Edit::insert("chain", "{ type = \"stereo\", id = \"s\" }"), Edit{"s.width", "1.2"},
                       Edit::move("s", 0), Edit{"s.id", "wide"}, Edit{"track.two.set.wide.width", "1"}});
    CHECK(parse(both).chain[0].entry.id == "wide");
    CHECK(parse(both).tracks[1].overrides[0].path == "wide.width");
    CHECK(refused(blocks, {Edit::remove("eq"), Edit{"album.disc", "100"}}) == "album.disc: must be 0 to 99, not 100");
}

TEST_CASE("edit: references and notes come, change, move and go like the rest", "[session]") {
    const std::string grown = after(
        blocks, {Edit::insert("reference", "{ source = \"r/Theirs v1.2.wav\" }"),
                 Edit{"reference.Theirs v1.2.trim_db", "-3"}, Edit::insert("track.one.note", "{ text = \"esses\" }"),
                 Edit::insert("track.one.note", "{ text = \"clicks\" }", 0), Edit{"track.one.note.2.done", "true"}});
    CHECK(grown == replaced(replaced(blocks, "[[deliver]]",
                                     "[[reference]]\nsource = \"r/Theirs v1.2.wav\"\n"
                                     "trim_db = -3\n\n[[deliver]]"),
                            "# louder\n",
                            "# louder\n[[track.note]]\ntext = \"clicks\"\n"
                            "[[track.note]]\ntext = \"esses\"\ndone = true\n"));
    const std::string moved = after(grown, {Edit::move("track.one.note.1", 1)});
    CHECK(parse(moved).tracks[0].notes[1].text == "clicks");
    CHECK(after(grown, {Edit::remove("reference.1"), Edit::remove("track.one.note.2"),
                        Edit::remove("track.1.note.1")}) == blocks);
    CHECK(refused(blocks, {Edit{"reference.1.trim_db", "1"}}) == "reference.1.trim_db: there is no [[reference]] yet");
    CHECK(refused(grown, {Edit::remove("track.one.note.3")}) ==
          "track.one.note.3: no track.note is called \"3\" (numbers 1 to 2)");
}

TEST_CASE("edit: a list, an entry or an index that is not there is refused by its path", "[session]") {
    CHECK(refused(blocks, {Edit::insert("chian", "{}")}).starts_with("chian: unknown name \"chian\"; did you mean"));
    CHECK(refused(blocks, {Edit::insert("eq", "{}")}) == "eq: is an entry; name its list");
    CHECK(refused(blocks, {Edit::insert("eq.phase", "{}")}) == "eq.phase: phase is a value, not a list of tables");
    CHECK(refused(blocks, {Edit::insert("chain", "gain")}) ==
          "chain: a new entry is a table in braces, as { type = \"eq\" }");
    CHECK(refused(blocks, {Edit::insert("chain", "{ type = \"gain\" } # x")}).starts_with("chain: a new entry is"));
    CHECK(refused(blocks, {Edit::insert("chain", "{ type = \"gain\" }", 4)}) ==
          "chain: the index must be 0 to 3, not 4");
    CHECK(refused(blocks, {Edit::insert("chain", "{ type = \"gian\" }")}) ==
          "chain: [[chain]] 4: unknown type \"gian\"; did you mean \"gain\"?");
    CHECK(refused(blocks, {Edit::move("eq", 3)}) == "eq: the index must be 0 to 2, not 3");
    CHECK(refused(blocks, {Edit::remove("chain")}) == "chain: is a list; name one of its entries");
    CHECK(refused(blocks, {Edit::remove("eq.bands.mdu")}) ==
          "eq.bands.mdu: nothing in bands is called \"mdu\"; did you mean \"mud\"?");
    CHECK(refused(blocks, {Edit::remove("eq.bands.mud.hz")}) ==
          "eq.bands.mud.hz: is neither a list nor an entry of one");
    CHECK(refused(blocks, {Edit::remove("track.three")}) == "track.three: unknown track \"three\" (known: one, two)");
    CHECK(refused(blocks, {Edit::remove("master.main")}) ==
          "master.main: the main master is what [album] says, and stays");
    CHECK(refused("", {Edit::remove("deliver.wav")}) == "deliver.wav: the album has no [[deliver]]");
}

}  // namespace lathe::test
