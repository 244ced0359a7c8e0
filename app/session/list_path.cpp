// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/session/edit_path.h"
#include "app/session/path_reader.h"
#include "app/session/setting.h"
#include "app/session/toml_reader.h"

namespace lathe {
namespace {

class ListReader : private PathReader {
public:
    using PathReader::PathReader;

    ListTarget read() {
        const std::string_view head = rest_.substr(0, rest_.find('.'));
        if (head == "chain") return skip(head), in_chain({"chain"}, album_.chain);
        if (head == "track") return skip(head), in_tracks();
        if (head == "reference") {
            skip(head);
            if (rest_.empty()) return {{"reference"}, album_.references.size(), {}};
            const std::size_t index = take_reference();
            return entry({"reference"}, album_.references.size(), index);
        }
        if (head == "master") return skip(head), in_masters();
        if (head == "deliver") return skip(head), in_deliveries();
        check_begins_with_processor({"chain", "track", "reference", "master", "deliver"});
        return in_chain({"chain"}, album_.chain);
    }

private:
    ListTarget entry(DocPath list, std::size_t count, std::size_t index) const {
        if (!rest_.empty()) fail("is neither a list nor an entry of one");
        return {std::move(list), count, index};
    }

    ListTarget in_chain(DocPath path, std::span<const ChainSlot> chain) {
        if (rest_.empty()) return {std::move(path), chain.size(), {}};
        Names names;
        for (const ChainSlot& slot : chain)
            names.push_back(slot.kind == ChainSlot::Kind::processor    ? std::string_view(slot.entry.id)
                            : slot.kind == ChainSlot::Kind::gain_point ? gain_point_type
                                                                       : track_type);
        const std::size_t index = take_known("processor", names);
        if (rest_.empty()) return entry(std::move(path), chain.size(), index);
        path.emplace_back(index);
        return in_rows(std::move(path), chain[index].entry);
    }
    ListTarget in_rows(DocPath path, ChainEntry processor) {
        const std::string key(rest_.substr(0, rest_.find('.')));
        const FoundSetting found = find_setting(processor, std::span(&key, 1));
        if (!found.field) fail(found.why_none);
        if (found.field->kind != FieldKind::tables) fail(fmt::format("{} is a value, not a list of tables", key));
        skip(key);
        path.emplace_back(key);
        const std::size_t count = found.field->count(found.settings);
        if (rest_.empty()) return {std::move(path), count, {}};
        const std::string name(rest_.substr(0, rest_.find('.')));
        std::string why;
        const auto row = find_row(*found.field, found.settings, name, why);
        if (!row) fail(why);
        skip(name);
        return entry(std::move(path), count, *row);
    }

    ListTarget in_tracks() {
        if (rest_.empty()) return {{"track"}, album_.tracks.size(), {}};
        const std::size_t index = take_track();
        if (rest_.empty()) return entry({"track"}, album_.tracks.size(), index);
        const Track& track = album_.tracks[index];
        const auto below = [&](std::string_view name) {
            skip(name);
            return DocPath{"track", index, std::string(name)};
        };
        if (begins_with("chain")) return in_chain(below("chain"), track.chain);
        if (begins_with("version")) return in_names(below("version"), "version", names_of(track.versions));
        if (begins_with("note")) {
            DocPath list = below("note");
            if (rest_.empty()) return {std::move(list), track.notes.size(), {}};
            const std::size_t note = take_known_number("track.note", track.notes.size());
            return entry(std::move(list), track.notes.size(), note);
        }
        fail(unknown("list", rest_, Names{"chain", "version", "note"}));
    }
    ListTarget in_masters() {
        Names names = names_of(album_.masters);
        if (begins_with(names.front())) fail("the main master is what [album] says, and stays");
        names.erase(names.begin());
        return in_names({"master"}, "master", names);
    }
    ListTarget in_deliveries() {
        const bool has_none = album_.deliveries.front().line == 0;
        return in_names({"deliver"}, "deliverable", has_none ? Names() : names_of(album_.deliveries));
    }
    ListTarget in_names(DocPath list, std::string_view kind, const Names& names) {
        if (rest_.empty()) return {std::move(list), names.size(), {}};
        if (names.empty())
            fail(fmt::format("the {} has no [[{}]]", list.size() == 1 ? "album" : "track",
                             std::get<std::string>(list.back())));
        const std::size_t index = take_known(kind, names);
        return entry(std::move(list), names.size(), index);
    }
};

}  // namespace

ListTarget find_list(const Album& album, const std::string& path) { return ListReader(album, path).read(); }

}  // namespace lathe
