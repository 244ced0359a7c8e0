// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/edit_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/session/chain_reader.h"
#include "app/session/overrides.h"
#include "app/session/setting.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using Names = std::vector<std::string_view>;

/// A path on its way from left to right: the part still to be read, and the file's path so far.
class PathReader {
public:
    PathReader(const Album& album, const std::string& path) : album_(album), whole_(path), rest_(path) {}

    EditTarget read() {
        const std::string_view head = rest_.substr(0, rest_.find('.'));
        if (head == "album") return skip(head), key_of({AlbumInfo::fields(), MasterTarget::fields()}, {"album"});
        if (head == "chain") return skip(head), in_chain(album_.chain, {"chain"});
        if (head == "track") return skip(head), in_track();
        if (head == "master") return skip(head), in_master();
        if (head == "deliver") return skip(head), in_delivery();
        if (const Names ids = ids_of(album_.chain); !begins_with_one_of(ids)) {
            Names known{"album", "chain", "track", "master", "deliver"};
            known.insert(known.end(), ids.begin(), ids.end());
            fail(unknown("name", head, known));
        }
        return in_chain(album_.chain, {"chain"});
    }

private:
    [[noreturn]] void fail(std::string_view why) const { throw InputError(fmt::format("{}: {}", whole_, why)); }

    void skip(std::string_view name) { rest_.remove_prefix(std::min(name.size() + 1, rest_.size())); }
    bool begins_with(std::string_view name) const {
        return rest_.starts_with(name) && (rest_.size() == name.size() || rest_[name.size()] == '.');
    }
    bool begins_with_one_of(const Names& names) const {
        return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return begins_with(name); });
    }
    /// Takes the longest name that stands next; a delivery's may have dots. Returns its index, or the count if none
    /// does.
    std::size_t take(const Names& names) {
        std::size_t best = names.size();
        for (std::size_t i = 0; i < names.size(); ++i)
            if (begins_with(names[i]) && (best == names.size() || names[i].size() > names[best].size())) best = i;
        if (best < names.size()) skip(names[best]);
        return best;
    }
    std::size_t take_known(std::string_view kind, const Names& names) {
        const std::size_t index = take(names);
        if (index == names.size()) fail(unknown(kind, rest_.substr(0, rest_.find('.')), names));
        return index;
    }

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
        Names ids;
        for (const Track& track : album_.tracks) ids.push_back(track.id);
        std::size_t index = take(ids);
        if (index == ids.size()) index = take_track_number(ids);
        const Track& track = album_.tracks[index];
        DocPath path{"track", index};
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, track.chain}, track.overrides, std::move(path));
        if (begins_with("chain")) {
            path.emplace_back("chain");
            return skip("chain"), in_chain(track.chain, std::move(path));
        }
        if (begins_with("version")) return skip("version"), in_version(track, std::move(path));
        return key_of({Track::fields(), TrackInfo::fields()}, std::move(path));
    }
    std::size_t take_track_number(const Names& ids) {
        const std::string_view name = rest_.substr(0, rest_.find('.'));
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        const bool is_number = error == std::errc{} && end == name.data() + name.size();
        if (!is_number || number < 1 || number > ids.size()) fail(unknown("track", name, ids));
        skip(name);
        return number - 1;
    }
    EditTarget in_version(const Track& track, DocPath path) {
        Names names;
        for (const Version& version : track.versions) names.push_back(version.info.name);
        const std::size_t index = take_known("version", names);
        path.emplace_back("version");
        path.emplace_back(index);
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, track.chain}, track.versions[index].overrides, std::move(path));
        return key_of({VersionInfo::fields()}, std::move(path));
    }

    EditTarget in_master() {
        Names names;
        for (const Master& master : album_.masters) names.push_back(master.name);
        const std::size_t index = take_known("master", names);
        if (index == 0) return key_of({MasterTarget::fields()}, {"album"});
        DocPath path{"master", index - 1};
        if (begins_with("set"))
            return skip("set"), in_set({album_.chain, {}}, album_.masters[index].overrides, std::move(path));
        return key_of({Master::fields(), MasterTarget::fields()}, std::move(path));
    }

    EditTarget in_delivery() {
        Names names;
        for (const Delivery& delivery : album_.deliveries) names.push_back(delivery.name);
        const std::size_t index = take_known("deliverable", names);
        const Delivery& delivery = album_.deliveries[index];
        EditTarget target = key_of({Delivery::fields(), DeliverSettings::fields()}, {"deliver", index});
        if (delivery.line == 0)
            target.new_block = fmt::format("[[deliver]]\nname = {}\ndir = {}\n", to_toml(delivery.name),
                                           to_toml(delivery.settings.dir));
        return target;
    }

    const Album& album_;
    const std::string& whole_;
    std::string_view rest_;
};

}  // namespace

EditTarget find_target(const Album& album, const std::string& path) { return PathReader(album, path).read(); }

}  // namespace lathe
