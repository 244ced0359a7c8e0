// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "app/session/edit_path.h"
#include "tests/app/session/support.h"

namespace lathe::test {
namespace {

/// Every setting of an album by the path that edits it, as TOML writes it.
using Dump = std::map<std::string, std::string>;

void dump(Fields fields, const void* settings, const std::string& path, Dump& out) {
    for (const Field& field : fields) {
        const std::string here = fmt::format("{}.{}", path, field.name);
        if (field.kind != FieldKind::tables)
            out[here] = to_toml(field.get(settings));
        else
            for (std::size_t i = 0; i < field.count(settings); ++i)
                dump(field.element_fields(), field.row(const_cast<void*>(settings), i),
                     fmt::format("{}.{}", here, i + 1), out);
    }
}
void dump(const ChainEntry& entry, const std::string& path, Dump& out) {
    dump(CommonSettings::fields(), &entry.common, path, out);
    dump(fields_of(entry.settings), address_of(entry.settings), path, out);
}
Dump dump(const Album& album) {
    Dump out;
    dump(AlbumInfo::fields(), &album.info, "album", out);
    dump(MasterTarget::fields(), &album.main().target, "album", out);
    for (const ChainSlot& slot : album.chain) dump(slot.entry, slot.entry.id, out);
    for (const Track& track : album.tracks) {
        const std::string path = fmt::format("track.{}", track.number);
        dump(TrackInfo::fields(), &track.info, path, out);
        for (const ChainSlot& slot : track.chain) dump(slot.entry, path + ".chain." + slot.entry.id, out);
        for (const Version& version : track.versions)
            dump(VersionInfo::fields(), &version.info, path + ".version." + version.info.name, out);
        // What its overrides make of the album's chain, under the paths that set it.
        const ResolvedChain chain = resolve_chain(album, track, nullptr, album.main());
        for (const Chain* part : {&chain.before_gain_point, &chain.after_gain_point})
            for (const ChainEntry& entry : *part)
                if (track.chain.empty() || entry.id != track.chain[0].entry.id)
                    dump(entry, path + ".set." + entry.id, out);
    }
    for (std::size_t i = 1; i < album.masters.size(); ++i)
        dump(MasterTarget::fields(), &album.masters[i].target, "master." + album.masters[i].name, out);
    for (const Delivery& delivery : album.deliveries)
        dump(DeliverSettings::fields(), &delivery.settings, "deliver." + delivery.name, out);
    return out;
}

/// A value that a field of that kind takes (most of them), and how an edit writes it.
struct RandomValue {
    Value value;
    std::string written;
};

class RandomValues {
public:
    explicit RandomValues(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t count) { return random_() % count; }
    RandomValue of(const Field& field) {
        Value value;
        switch (field.kind) {
            case FieldKind::boolean:
                value = below(2) == 1;
                break;
            case FieldKind::integer:
                value = std::round(number(field));
                break;
            case FieldKind::number:
                value = number(field);
                break;
            case FieldKind::time:
                value = static_cast<double>(below(1000)) / 8;
                break;
            case FieldKind::number_list:
                value = std::vector<double>{20.0 + static_cast<double>(below(100)), 200, 2000.5};
                break;
            case FieldKind::choice: {
                const std::string word(field.choices[below(field.choices.size())]);
                return {word, below(2) == 1 ? word : to_toml(word)};
            }
            default:
                value = text();
                break;
        }
        return {value, to_toml(value)};
    }

private:
    double number(const Field& field) {
        return std::uniform_real_distribution<double>(std::max(field.min, -50.0), std::min(field.max, 2000.0))(random_);
    }
    std::string text() {
        static constexpr const char* pieces[] = {"a", "Z", " ", "\"", "'",  "\\", "#", "[",
                                                 "}", "=", "ü", "…",  "\n", "\t", ","};
        std::string made = "x";
        for (std::size_t i = below(8); i > 0; --i) made += pieces[below(std::size(pieces))];
        return made;
    }
    std::mt19937 random_;
};

/// Whether a setting takes over what another one says, so that an edit of that one may change it.
bool follows(const std::string& path, const std::string& edited) {
    const std::string table = edited.substr(0, edited.rfind('.') + 1);
    if (edited == "album.artist") return path.ends_with(".artist");
    if (edited.ends_with(".loudness_lufs")) return path == table + "normalize";
    if (edited.starts_with("track.") && edited.ends_with(".source"))
        return path == table + "title" || path.starts_with(table + "version.");
    if (edited.starts_with("track.") && edited.ends_with(".title")) return path.starts_with(table + "version.");
    return path.find(".set." + edited) != std::string::npos;  // an album's setting, in tracks that leave it alone
}

/// An album in the tersest TOML: nothing but inline tables.
const std::string inline_album = R"(album = { title = "T" }
chain = [ { type = "gain" }, { type = "eq", bands = [ { hz = 100, name = "low" }, {} ] }, { type = "multiband", crossovers_hz = [9e1,
  1_000, 5000], bands = [{}, {threshold_db=-3},{},{}] }, {type="stereo"}, { type = "limiter" } ]
track = [ { source = "a.wav", set = { eq = { bands.low.q = 2 } } }, { source = "b.wav", set.stereo.width = 1.2 }, { source = "c.wav" } ]
)";

std::string with_crlf(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return result;
}

}  // namespace

TEST_CASE("edit: any edit arrives, changes no other setting, and leaves every other line as it was", "[session]") {
    const bool crlf = GENERATE(false, true);
    const std::string start = GENERATE(from_range(std::vector<std::string>{example_album, inline_album}));
    std::string text = crlf ? with_crlf(start) : start;
    RandomValues random(crlf ? 1 : 2);
    int made = 0, refused = 0;
    for (int round = 0; round < 250; ++round) {
        const Album before = parse(text);
        const Dump old = dump(before);
        const std::string path = std::next(old.begin(), static_cast<long>(random.below(old.size())))->first;
        const EditTarget target = find_target(before, path);
        REQUIRE(target.field);
        if (target.field->kind == FieldKind::text_list) continue;
        const RandomValue random_value = random.of(*target.field);
        const Edit edit{path, random_value.written};
        CAPTURE(path, edit.value, text);
        std::string after;
        try {
            after = edited(before, std::span(&edit, 1));
        } catch (const InputError& error) {  // a step, a name, two settings that do not go together
            CHECK(std::string(error.what()).starts_with(path + ": "));
            ++refused;
            continue;
        }
        ++made;
        CHECK(new_lines(text, after).size() <= (target.new_block.empty() ? 3u : 5u));
        CHECK(std::count(after.begin(), after.end(), '\r') ==
              (crlf ? std::count(after.begin(), after.end(), '\n') : 0));
        const Dump now = dump(parse(after));
        if (now.contains(path))
            CHECK(now.at(path) == to_toml(random_value.value));  // a bypassed processor's are not heard
        for (const auto& [other, value] : old)
            if (other != path && now.contains(other) && !follows(other, path)) CHECK(now.at(other) == value);
        text = after;
    }
    CHECK(made > 3 * refused);
}

}  // namespace lathe::test
