// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/change_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/session/overrides.h"
#include "app/studio/shell/field_words.h"
#include "app/studio/views/field_changes.h"

namespace lathe {
namespace {

using Words = std::vector<std::string>;

/// Holds the entries of two lists together by what they are called, and says which came, went, moved or changed.
template <class Entry, class NameOf, class Compare>
void add_list_changes(const std::string& what, const std::vector<Entry>& from, const std::vector<Entry>& to,
                      NameOf name_of, Compare compare, Words& words) {
    const auto find = [&](const std::vector<Entry>& list, const std::string& name) {
        return std::find_if(list.begin(), list.end(), [&](const Entry& entry) { return name_of(entry) == name; });
    };
    Words kept_before, kept_after;
    for (const Entry& entry : from) {
        const std::string name = name_of(entry);
        if (find(to, name) == to.end())
            words.push_back(what + name + " removed");
        else
            kept_before.push_back(name);
    }
    for (const Entry& entry : to) {
        const std::string name = name_of(entry);
        const auto known = find(from, name);
        if (known == from.end()) {
            words.push_back(what + name + " added");
            continue;
        }
        kept_after.push_back(name);
        compare(*known, entry);
    }
    if (kept_before != kept_after) words.push_back("order: " + fmt::format("{}", fmt::join(kept_after, ", ")));
}

std::string name_of_slot(const ChainSlot& slot) {
    return slot.kind == ChainSlot::Kind::gain_point ? std::string(gain_point_type)
           : slot.kind == ChainSlot::Kind::track    ? std::string(track_type)
                                                    : slot.entry.id;
}

void add_chain_changes(const std::string& of, const std::vector<ChainSlot>& from, const std::vector<ChainSlot>& to,
                       Words& words) {
    const auto compare = [&](const ChainSlot& a, const ChainSlot& b) {
        if (b.kind != ChainSlot::Kind::processor) return;
        const std::string name = of + b.entry.id;
        add_changes(name, CommonSettings::fields(), &a.entry.common, &b.entry.common, words);
        if (type_of(a.entry.settings) != type_of(b.entry.settings))
            words.push_back(fmt::format("{} is a {} now", name, spoken(type_of(b.entry.settings))));
        else
            add_changes(name, fields_of(b.entry.settings), address_of(a.entry.settings), address_of(b.entry.settings),
                        words);
    };
    add_list_changes(of, from, to, name_of_slot, compare, words);
}

/// What overrides speak of: an album's chain, and perhaps a song's own.
struct Overridden {
    const Album& album;
    const Track* track;
    const std::vector<Override>& overrides;

    /// The chains with the values in force, so that they can be told as settings.
    ChainPair chains() const {
        ChainPair chains{album.chain, track ? track->chain : std::vector<ChainSlot>{}};
        apply_overrides(chains, overrides);
        return chains;
    }
};

bool same(const std::vector<Override>& a, const std::vector<Override>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Override& x, const Override& y) { return x.path == y.path && x.value == y.value; });
}

/// What changed for all songs alike is told by itself, and left out.
void add_override_changes(const std::string& of, const Overridden& from, const Overridden& to, Words& words) {
    if (same(from.overrides, to.overrides)) return;
    const ChainPair before = from.chains(), after = to.chains();
    Words all, common;
    add_chain_changes(of, before.albums, after.albums, all);
    add_chain_changes(of, before.own, after.own, all);
    add_chain_changes(of, from.album.chain, to.album.chain, common);
    if (from.track && to.track) add_chain_changes(of, from.track->chain, to.track->chain, common);
    for (const std::string& line : all)
        if (std::find(common.begin(), common.end(), line) == common.end()) words.push_back(line);
}

void add_master_changes(const std::string& of, const Album& from, const Master& a, const Album& to, const Master& b,
                        Words& words) {
    add_changes(of + "target", MasterTarget::fields(), &a.target, &b.target, words);
    if (a.skip != b.skip)
        words.push_back(of + "leaves out " +
                        change_text(*find_field(Master::fields(), "skip"), Value(a.skip), Value(b.skip)));
    add_override_changes(of, {from, nullptr, a.overrides}, {to, nullptr, b.overrides}, words);
}

void add_track_changes(const Album& from, const Track& a, const Album& to, const Track& b, Words& words) {
    const std::string of = b.info.title + ":";
    add_changes(of, TrackInfo::fields(), &a.info, &b.info, words);
    add_chain_changes(of + " own ", a.chain, b.chain, words);
    add_override_changes(of + " ", {from, &a, a.overrides}, {to, &b, b.overrides}, words);
    add_list_changes(
        of + " version ", a.versions, b.versions, [](const Version& version) { return version.info.name; },
        [&](const Version& x, const Version& y) {
            const std::string version = fmt::format("{} version {}", of, y.info.name);
            add_changes(version, VersionInfo::fields(), &x.info, &y.info, words);
            add_override_changes(version + " ", {from, &a, x.overrides}, {to, &b, y.overrides}, words);
        },
        words);
}

}  // namespace

std::vector<std::string> master_changes_in_words(const Album& album, const Master& from, const Master& to) {
    Words words;
    add_master_changes("", album, from, album, to, words);
    return words;
}

std::vector<std::string> changes_in_words(const Album& from, const Album& to) {
    Words words;
    add_changes("album", AlbumInfo::fields(), &from.info, &to.info, words);
    add_list_changes(
        "master ", from.masters, to.masters, [](const Master& master) { return master.name; },
        [&](const Master& a, const Master& b) {
            add_master_changes(b.name == "main" ? "" : b.name + ": ", from, a, to, b, words);
        },
        words);
    add_chain_changes("", from.chain, to.chain, words);
    add_list_changes(
        "song ", from.tracks, to.tracks, [](const Track& track) { return track.id; },
        [&](const Track& a, const Track& b) { add_track_changes(from, a, to, b, words); }, words);
    add_list_changes(
        "delivery ", from.deliveries, to.deliveries, [](const Delivery& delivery) { return delivery.name; },
        [&](const Delivery& a, const Delivery& b) {
            add_changes("delivery " + b.name, DeliverSettings::fields(), &a.settings, &b.settings, words);
        },
        words);
    return words;
}

}  // namespace lathe
