// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/edit_path.h"

#include <fmt/format.h>

#include "app/session/chain_reader.h"
#include "app/session/overrides.h"
#include "app/session/path_reader.h"
#include "app/session/setting.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class SettingReader : private PathReader {
public:
    using PathReader::PathReader;

    EditTarget read() {
        const std::string_view head = rest_.substr(0, rest_.find('.'));
        if (head == "album") return skip(head), key_of({AlbumInfo::fields(), MasterTarget::fields()}, {"album"});
        if (head == "chain") return skip(head), in_chain(album_.chain, {"chain"});
        if (head == "track") return skip(head), in_track();
        if (head == "reference") {
            skip(head);
            const std::size_t index = take_reference();
            return key_of({ReferenceInfo::fields()}, {"reference", index});
        }
        if (head == "master") return skip(head), in_master();
        if (head == "deliver") return skip(head), in_delivery();
        check_begins_with_processor({"album", "chain", "track", "reference", "master", "deliver"});
        return in_chain(album_.chain, {"chain"});
    }

private:
    /// The one key that is left, of the fields.
    EditTarget key_of(const std::vector<Fields>& groups, DocPath path) const {
        Names known;
        for (const Fields fields : groups) {
            if (const Field* field = find_field(fields, rest_)) {
                path.emplace_back(std::string(rest_));
                return {std::move(path), field, {}};
            }
            for (const Field& field : fields) known.push_back(field.name);
        }
        if (rest_.empty()) fail("needs a key, as " + whole_ + ".KEY");
        fail(unknown("key", rest_, known));
    }

    EditTarget in_chain(std::span<const ChainSlot> chain, DocPath path) {
        const std::size_t named = take_known("processor", ids_of(chain));
        std::size_t index = 0;
        for (std::size_t processors = 0; index < chain.size(); ++index)
            if (chain[index].kind == ChainSlot::Kind::processor && processors++ == named) break;
        path.emplace_back(index);
        if (rest_ == "id" || rest_ == "type") {
            path.emplace_back(std::string(rest_));
            return {std::move(path), nullptr, {}};
        }
        ChainEntry entry = chain[index].entry;
        const std::vector<std::string> keys = rest_.empty() ? std::vector<std::string>() : split_path(rest_);
        const FoundSetting found = find_setting(entry, keys);
        if (!found.field) fail(found.why_none);
        path.emplace_back(keys.front());
        for (std::size_t i = 0; i < found.rows.size(); ++i) {
            path.emplace_back(found.rows[i]);
            path.emplace_back(keys[2 * i + 2]);
        }
        return {std::move(path), found.field, {}};
    }

    /// A key of a [….set] table: by the names that it uses already for that setting, else as the path has it.
    EditTarget in_set(ChainPair chains, std::span<const Override> overrides, DocPath path) {
        std::vector<std::string> keys = split_path(rest_);
        ChainEntry* entry = find_entry(std::span(chains.albums), keys.front());
        if (!entry) entry = find_entry(std::span(chains.own), keys.front());
        if (!entry) {
            Names ids = ids_of(chains.albums);
            const Names own = ids_of(chains.own);
            ids.insert(ids.end(), own.begin(), own.end());
            fail(unknown("processor", keys.front(), ids));
        }
        const FoundSetting wanted = find_setting(*entry, std::span(keys).subspan(1));
        if (!wanted.field) fail(wanted.why_none);
        for (const Override& each : overrides) {
            const std::vector<std::string> other = split_path(each.path);
            if (other.front() != keys.front()) continue;
            const FoundSetting found = find_setting(*entry, std::span(other).subspan(1));
            if (found.field == wanted.field && found.settings == wanted.settings) keys = other;
        }
        path.emplace_back("set");
        for (std::string& key : keys) path.emplace_back(std::move(key));
        return {std::move(path), wanted.field, {}};
    }

    EditTarget in_track() {
        const std::size_t index = take_track();
        const Track& track = album_.tracks[index];
        DocPath path{"track", index};
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, track.chain}, track.overrides, std::move(path));
        if (begins_with("chain")) {
            path.emplace_back("chain");
            return skip("chain"), in_chain(track.chain, std::move(path));
        }
        if (begins_with("note")) {
            skip("note");
            const std::size_t note = take_known_number("track.note", track.notes.size());
            path.insert(path.end(), {"note", note});
            return key_of({Note::fields()}, std::move(path));
        }
        if (begins_with("version")) return skip("version"), in_version(track, std::move(path));
        return key_of({Track::fields(), TrackInfo::fields()}, std::move(path));
    }
    EditTarget in_version(const Track& track, DocPath path) {
        const std::size_t index = take_known("version", names_of(track.versions));
        path.emplace_back("version");
        path.emplace_back(index);
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, track.chain}, track.versions[index].overrides, std::move(path));
        return key_of({VersionInfo::fields()}, std::move(path));
    }

    EditTarget in_master() {
        const std::size_t index = take_known("master", names_of(album_.masters));
        if (index == 0) return key_of({MasterTarget::fields()}, {"album"});
        DocPath path{"master", index - 1};
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, {}}, album_.masters[index].overrides, std::move(path));
        return key_of({Master::fields(), MasterTarget::fields()}, std::move(path));
    }

    EditTarget in_delivery() {
        const std::size_t index = take_known("deliverable", names_of(album_.deliveries));
        const Delivery& delivery = album_.deliveries[index];
        EditTarget target = key_of({Delivery::fields(), DeliverSettings::fields()}, {"deliver", index});
        if (delivery.line == 0)
            target.new_block = fmt::format("[[deliver]]\nname = {}\ndir = {}\n", to_toml(delivery.name),
                                           to_toml(delivery.settings.dir));
        return target;
    }
};

}  // namespace

EditTarget find_target(const Album& album, const std::string& path) { return SettingReader(album, path).read(); }

}  // namespace lathe
