// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>

#include "app/session/edit_path.h"
#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

const std::string nasty_album = R"(# the file's own comment
lathe = 1
album.title = 'T'   # dotted
album."disc" = 2

# free, above the chain

# an EQ
  [[ chain ]]   # indented header
  type="eq"
  # inside
  bands = [ # opening
    { name = "low", hz = 100 }, # one
                                # one goes on
    # above two
    # and again
    { hz = 2e2 }, { name = "high mid", hz = 3_000 } # three

    # free in the array

    , { hz = 9000 }   # four
    # closing
  ]
      # further right than its header

[[chain]]
type = "eq"
[[chain.bands]]
hz = 50  # fifty
# above a header

# above a band
[[chain.bands]]
hz = 60
name = "sixty"
[[chain]]
type = "multiband"
crossovers_hz = [100,
  1000 ] # two
bands = [{},{ratio=3},{ratio=4}]
# above the gain point
[[chain]]
type = "gain_point"
note = """
[[chain]]
of several lines"""
[[chain]]
type = "gain"

[[track]]
source = "a.wav"
set = { eq = { bands.low.q = 2, "bands" . 3.q = 1 } }
chain = [ { type = "gain" }, { type = "eq", bands = [ {hz = 10}, { hz = 20 } ] }, { type = "gain" } ]
# before the second
[[track]]   # second
source = "b.wav"
[[track.chain]]
type = "gain"
id = "trim"

[track.set.eq]
bands.1 = { q = 3 } # by number
phase = "minimum"
  [track.set.eq-2.bands.2]
  q = 4
[track.set]
trim.gain_db = 1
gain.gain_db = 2

[[deliver]]
dir = "x.y"
tracks = ["1", # the first
  "3"]

[[track.version]]  # of the second track
name = "edit"
[track.version.set]
multiband.bands.2.ratio = 5
[[track]]
source = "c.wav"
[[master]]
name = "m"
skip = [ "eq-2",   # not here
  "gain" ]
[master.set]
eq.bands."low".gain_db = 1

[[deliver]]
format = "flac"
# at the very end)";

const std::string terse_album = R"(album = { title = "T" }
chain = [ { type = "gain" }, { type = "eq", bands = [ { hz = 100, name = "low" }, {} ] }, { type = "eq" }, {type="limiter"} ]
track = [ { source = "a.wav", set = { eq = { bands.low.q = 2 } } }, { source = "b.wav", set.eq-2.mix = 0.5 }, { source = "c.wav" } ]
deliver = [{},{name="b"}]
)";

using Random = std::mt19937;
std::size_t below(Random& random, std::size_t count) { return random() % count; }

std::string in_crlf(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return result;
}

/// The lists of an album by the paths that edit them, and what a new entry may be.
std::vector<std::pair<std::string, std::string>> lists_of(const Album& album) {
    static constexpr const char* processor = R"({ type = "eq", bands = [ { hz = 77 } ] })";
    std::vector<std::pair<std::string, std::string>> lists{{"chain", processor},
                                                           {"track", "{ source = \"n.wav\" }"},
                                                           {"master", ""},
                                                           {"deliver", ""},
                                                           {"reference", "{ source = \"r.wav\" }"}};
    const auto add_rows = [&](std::span<const ChainSlot> chain, const std::string& path) {
        for (const ChainSlot& slot : chain)
            if (slot.entry.id != "" && std::holds_alternative<EqSettings>(slot.entry.settings))
                lists.emplace_back(fmt::format("{}.{}.bands", path, slot.entry.id), "{ hz = 33, gain_db = 1 }");
    };
    add_rows(album.chain, "chain");
    for (const Track& track : album.tracks) {
        const std::string path = fmt::format("track.{}", track.id);
        lists.emplace_back(path + ".chain", processor);
        lists.emplace_back(path + ".version", "");
        lists.emplace_back(path + ".note", "{ text = \"x\" }");
        add_rows(track.chain, path + ".chain");
    }
    return lists;
}

/// The path of an entry of a list. Processors have their ids; the rest goes by name, or by number where it may.
std::string entry_path(const Album& album, const std::string& list, std::size_t index) {
    const auto in_chain = [&](std::span<const ChainSlot> chain) {
        const ChainSlot& slot = chain[index];
        const bool is_processor = slot.kind == ChainSlot::Kind::processor;
        return list + "." +
               (is_processor                          ? slot.entry.id
                : slot.kind == ChainSlot::Kind::track ? "track"
                                                      : "gain_point");
    };
    if (list == "chain") return in_chain(album.chain);
    if (list == "track") return fmt::format("track.{}", album.tracks[index].id);
    if (list == "master") return "master." + album.masters[index + 1].name;
    if (list == "deliver") return "deliver." + album.deliveries[index].name;
    if (list.ends_with(".bands") || list.ends_with(".note") || list == "reference")
        return fmt::format("{}.{}", list, index + 1);
    for (const Track& track : album.tracks) {
        if (list == fmt::format("track.{}.chain", track.id)) return in_chain(track.chain);
        if (list == fmt::format("track.{}.version", track.id)) return list + "." + track.versions[index].info.name;
    }
    return {};
}

toml::array* array_at(toml::node& node, std::span<const DocStep> path) {
    if (path.empty()) return node.as_array();
    toml::node* next = std::holds_alternative<std::size_t>(path.front())
                           ? node.as_array()->get(std::get<std::size_t>(path.front()))
                           : node.as_table()->get(std::get<std::string>(path.front()));
    return next ? array_at(*next, path.subspan(1)) : nullptr;
}

/// Takes out what follows the names of other entries, and what is empty.
void strip(toml::node& node, bool references) {
    if (toml::array* array = node.as_array())
        for (toml::node& each : *array) strip(each, references);
    toml::table* table = node.as_table();
    if (!table) return;
    if (table->contains("type")) table->erase("id");
    if (references)
        for (const char* key : {"set", "skip", "tracks"}) table->erase(key);
    for (auto entry = table->begin(); entry != table->end();) {
        strip(entry->second, references);
        const bool is_empty = (entry->second.is_array() && entry->second.as_array()->empty()) ||
                              (entry->second.is_table() && entry->second.as_table()->empty());
        entry = is_empty ? table->erase(entry) : std::next(entry);
    }
}
toml::table stripped(toml::table table, bool references) {
    strip(table, references);
    return table;
}

/// Every comment, sorted. No text of these albums has a "#" in it.
std::vector<std::string> comments_of(const std::string& text) {
    std::vector<std::string> comments;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const std::size_t hash = line.find('#'); hash != std::string::npos) comments.push_back(line.substr(hash));
    for (std::string& comment : comments)
        while (comment.ends_with('\r')) comment.pop_back();
    std::sort(comments.begin(), comments.end());
    return comments;
}

std::string dump(Fields fields, const void* settings) {
    std::string text;
    for (const Field& field : fields) {
        if (field.kind != FieldKind::tables) {
            text += fmt::format("{}={};", field.name, to_toml(field.get(settings)));
            continue;
        }
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < field.count(settings); ++i)
            rows.push_back(dump(field.element_fields(), field.row(const_cast<void*>(settings), i)));
        std::sort(rows.begin(), rows.end());
        text += fmt::format("{}", fmt::join(rows, "|"));
    }
    return text;
}

/// What every track's version goes through for every master, in no order: what a move may not change.
std::vector<std::string> sound_of(const Album& album) {
    std::vector<std::string> all;
    for (const Track& track : album.tracks)
        for (const Master& master : album.masters)
            for (std::size_t v = 0; v <= track.versions.size(); ++v) {
                const Version* version = v > 0 ? &track.versions[v - 1] : nullptr;
                const ResolvedChain chain = resolve_chain(album, track, version, master);
                for (const Chain* part : {&chain.before_gain_point, &chain.after_gain_point})
                    for (const ChainEntry& entry : *part)
                        all.push_back(fmt::format("{} {} {}: {} {}", track.info.source, master.name,
                                                  version ? version->info.name : "main",
                                                  dump(fields_of(entry.settings), address_of(entry.settings)),
                                                  dump(CommonSettings::fields(), &entry.common)));
            }
    std::sort(all.begin(), all.end());
    return all;
}

bool includes(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

}  // namespace

TEST_CASE("edit: entries come, go and move as tables do, and every comment and what tracks sound like stay",
          "[session]") {
    const std::string start = GENERATE(from_range(std::vector<std::string>{example_album, nasty_album, terse_album}));
    const bool crlf = GENERATE(false, true);
    Random random(crlf ? 3 : 4);
    const std::string first = crlf ? in_crlf(start) : start;
    std::string text = first;
    int made = 0, refused = 0, named = 0;
    for (int round = 0; round < 240; ++round) {
        if (round % 20 == 0) text = first;
        const Album before = parse(text);
        const auto lists = lists_of(before);
        auto [list, entry] = lists[below(random, lists.size())];
        const ListTarget target = find_list(before, list);
        const auto kind = static_cast<Edit::Kind>(2 + below(random, 3));
        if (target.count == 0 && kind != Edit::Kind::insert) continue;
        if (entry.empty()) entry = fmt::format("{{ name = \"n{}\" }}", ++named);
        const std::size_t from = target.count == 0 ? 0 : below(random, target.count);
        const std::size_t to = below(random, target.count + (kind == Edit::Kind::insert ? 1 : 0));
        const std::string path = kind == Edit::Kind::insert ? list : entry_path(before, list, from);
        const Edit edit = kind == Edit::Kind::insert   ? Edit::insert(list, entry, to)
                          : kind == Edit::Kind::remove ? Edit::remove(path)
                                                       : Edit::move(path, to);
        CAPTURE(path, static_cast<int>(kind), from, to, text);
        std::string after;
        try {
            after = edited(before, std::span(&edit, 1));
        } catch (const InputError& error) {  // the last of a delivery's tracks, a master that one names, …
            CHECK(std::string(error.what()).starts_with(path + ": "));
            CHECK(std::string(error.what()).find("patched") == std::string::npos);
            CHECK(std::string(error.what()).find("parsing") == std::string::npos);
            CHECK(std::string(error.what()).find("something else") == std::string::npos);
            ++refused;
            continue;
        }
        ++made;
        CAPTURE(after);
        toml::table expected = toml::parse(text);
        if (!array_at(expected, target.list)) {
            toml::node* owner = &expected;
            for (std::size_t i = 0; i + 1 < target.list.size(); ++i)
                owner = target.list[i].index() == 1 ? owner->as_array()->get(std::get<1>(target.list[i]))
                                                    : owner->as_table()->get(std::get<0>(target.list[i]));
            owner->as_table()->insert(std::get<0>(target.list.back()), toml::array{});
        }
        toml::array& array = *array_at(expected, target.list);
        const auto at = [&](std::size_t index) { return array.cbegin() + static_cast<std::ptrdiff_t>(index); };
        toml::table moved =
            kind == Edit::Kind::insert ? *toml::parse("x = " + entry)["x"].as_table() : *array.get(from)->as_table();
        if (kind != Edit::Kind::insert) array.erase(at(from));
        if (kind != Edit::Kind::remove) array.insert(at(to), moved);
        CHECK(stripped(expected, true) == stripped(toml::parse(after), true));

        const std::vector<std::string> old_comments = comments_of(text), comments = comments_of(after);
        if (kind == Edit::Kind::remove)
            CHECK(includes(old_comments, comments));
        else
            CHECK(comments == old_comments);
        CHECK(std::count(after.begin(), after.end(), '\r') ==
              (crlf ? std::count(after.begin(), after.end(), '\n') : 0));
        CHECK(after.ends_with('\n') == text.ends_with('\n'));

        const Album now = parse(after);
        const std::vector<std::string> old_sound = sound_of(before), sound = sound_of(now);
        const bool is_in_band = list.ends_with(".bands");
        if (kind == Edit::Kind::move) CHECK(sound == old_sound);
        if (kind == Edit::Kind::remove && !is_in_band) CHECK(includes(old_sound, sound));
        if (kind == Edit::Kind::insert && !is_in_band) CHECK(includes(sound, old_sound));
        if (kind == Edit::Kind::move) {
            const Edit back = Edit::move(entry_path(now, list, to), from);
            const std::string again = edited(now, std::span(&back, 1));
            CHECK(stripped(toml::parse(again), false) == stripped(toml::parse(text), false));
            CHECK(comments_of(again) == old_comments);
        }
        text = after;
    }
    CHECK(made > 5 * refused);
    CHECK(made > 120);
}

}  // namespace lathe::test
