// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/mentions.h"

#include "app/session/overrides.h"
#include "app/session/setting.h"

namespace lathe {
namespace {

struct FoundProcessor {
    DocPath path;
    ChainEntry entry;
};

std::optional<FoundProcessor> find_processor(std::span<const ChainSlot> chain, const DocPath& list,
                                             std::string_view id) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (chain[i].kind != ChainSlot::Kind::processor || chain[i].entry.id != id) continue;
        DocPath path = list;
        path.emplace_back(i);
        return FoundProcessor{std::move(path), chain[i].entry};
    }
    return {};
}

class Gatherer {
public:
    explicit Gatherer(const Album& album) : album_(album) {}

    std::vector<Mention> gather() {
        for (std::size_t t = 0; t < album_.tracks.size(); ++t) {
            const Track& track = album_.tracks[t];
            add_overrides(track.overrides, {"track", t, "set"}, t);
            for (std::size_t v = 0; v < track.versions.size(); ++v)
                add_overrides(track.versions[v].overrides, {"track", t, "version", v, "set"}, t);
        }
        for (std::size_t m = 1; m < album_.masters.size(); ++m) {
            add_overrides(album_.masters[m].overrides, {"master", m - 1, "set"}, {});
            const std::vector<std::string>& skip = album_.masters[m].skip;
            for (std::size_t i = 0; i < skip.size(); ++i)
                if (auto found = find_processor(album_.chain, {"chain"}, skip[i]))
                    found_.push_back(
                        {Mention::Kind::skip, {"master", m - 1, "skip", i}, std::move(found->path), skip[i]});
        }
        for (std::size_t d = 0; d < album_.deliveries.size(); ++d) {
            const std::vector<std::string>& tracks = album_.deliveries[d].settings.tracks;
            for (std::size_t i = 0; i < tracks.size(); ++i)
                for (std::size_t t = 0; t < album_.tracks.size(); ++t)
                    if (album_.tracks[t].id == tracks[i])
                        found_.push_back(
                            {Mention::Kind::delivered_track, {"deliver", d, "tracks", i}, {"track", t}, tracks[i]});
        }
        return std::move(found_);
    }

private:
    void add_overrides(std::span<const Override> overrides, const DocPath& set, std::optional<std::size_t> track) {
        for (const Override& each : overrides) {
            const std::vector<std::string> keys = split_path(each.path);
            auto found = find_processor(album_.chain, {"chain"}, keys.front());
            if (!found && track)
                found = find_processor(album_.tracks[*track].chain, {"track", *track, "chain"}, keys.front());
            if (!found) continue;
            const FoundSetting setting = find_setting(found->entry, std::span(keys).subspan(1));
            if (!setting.field) continue;
            Mention mention{Mention::Kind::setting, set, std::move(found->path), keys.front()};
            mention.at.insert(mention.at.end(), keys.begin(), keys.end());
            for (std::size_t i = 1; i < keys.size(); ++i) {
                const bool is_row = i % 2 == 0;
                is_row ? mention.target.emplace_back(setting.rows[i / 2 - 1]) : mention.target.emplace_back(keys[i]);
            }
            found_.push_back(std::move(mention));
        }
    }

    const Album& album_;
    std::vector<Mention> found_;
};

}  // namespace

std::vector<Mention> mentions_of(const Album& album) { return Gatherer(album).gather(); }

DocPath entry_of(const DocPath& target) {
    const bool is_tracks_own = target.size() >= 4 && target[0] == DocStep("track");
    return {target.begin(), target.begin() + (is_tracks_own ? 4 : 2)};
}

std::optional<DocPath> path_after(DocPath path, const ListChange& change) {
    if (path.size() <= change.list.size() || !begins_with(path, change.list)) return path;
    std::size_t& index = std::get<std::size_t>(path[change.list.size()]);
    if (change.from == index) {
        if (!change.to) return {};
        index = *change.to;
        return path;
    }
    if (change.from && index > *change.from) --index;
    if (change.to && index >= *change.to) ++index;
    return path;
}

}  // namespace lathe
