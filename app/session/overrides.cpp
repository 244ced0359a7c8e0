// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/overrides.h"

#include <fmt/format.h>

#include "app/session/chain_reader.h"
#include "app/session/complaint.h"
#include "app/session/setting.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

struct Leaf {
    std::vector<std::string> keys;
    const toml::node* node;
    int line;
};

void gather_leaves(const toml::table& table, const std::vector<std::string>& above, std::vector<Leaf>& leaves) {
    for (const auto& [key, node] : in_file_order(table)) {
        std::vector<std::string> keys = above;
        keys.emplace_back(key->str());
        if (const toml::table* inner = node->as_table())
            gather_leaves(*inner, keys, leaves);
        else
            leaves.push_back({std::move(keys), node, static_cast<int>(key->source().begin.line)});
    }
}

ChainEntry* find_entry(ChainPair& chains, std::string_view id) {
    ChainEntry* entry = find_entry(std::span(chains.albums), id);
    return entry ? entry : find_entry(std::span(chains.own), id);
}

Override read_override(const Leaf& leaf, ChainPair& chains, const Place& place) {
    if (place.is_draft) return {fmt::format("{}", fmt::join(leaf.keys, ".")), {}, leaf.line};
    ChainEntry* entry = find_entry(chains, leaf.keys.front());
    if (!entry) {
        std::vector<std::string_view> ids = ids_of(chains.albums);
        const std::vector<std::string_view> own = ids_of(chains.own);
        ids.insert(ids.end(), own.begin(), own.end());
        place.fail(leaf.line, unknown("processor", leaf.keys.front(), ids));
    }
    const Place here = place.within(fmt::format(": {}", fmt::join(leaf.keys, ".")));
    const FoundSetting found = find_setting(*entry, std::span(leaf.keys).subspan(1));
    if (!found.field) here.fail(leaf.line, found.why_none);
    if (found.field->kind == FieldKind::tables)
        here.fail(leaf.line, fmt::format("is set key by key, as {}.{}.1.gain_db = 0", entry->id, found.field->name));
    Value value;
    if (const auto why = why_not_value(*leaf.node, *found.field, value)) here.fail(leaf.line, *why);
    return {fmt::format("{}", fmt::join(leaf.keys, ".")), std::move(value), leaf.line};
}

/// The line of the last override that touches the processor, 0 if none does.
int line_to_blame(std::span<const Override* const> overrides, std::string_view id) {
    int line = 0;
    for (const Override* each : overrides)
        if (split_path(each->path).front() == id) line = each->line;
    return line;
}

std::vector<const Override*> all_overrides(const Track& track, const Version* version, const Master& master) {
    std::vector<const Override*> all;
    for (const Override& each : track.overrides) all.push_back(&each);
    for (const Override& each : master.overrides) all.push_back(&each);
    if (version)
        for (const Override& each : version->overrides) all.push_back(&each);
    return all;
}

void check_combination(const Album& album, const Track& track, const Version* version, const Master& master,
                       const std::string& file) {
    const std::vector<const Override*> overrides = all_overrides(track, version, master);
    if (overrides.empty()) return;
    const ChainPair chains = overridden_chains(album, track, version, master);
    for (const std::vector<ChainSlot>* chain : {&chains.albums, &chains.own})
        for (const ChainSlot& slot : *chain)
            if (const auto complaint = complaint_about(slot.entry.settings))
                Place{file, fmt::format("{} as set for track {}, master {}", slot.entry.id, track.id, master.name)}
                    .fail(line_to_blame(overrides, slot.entry.id), complaint->why);
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return parts;
        path.remove_prefix(dot + 1);
    }
}

std::vector<Override> read_overrides(const toml::table& table, const ChainPair& chains, const Place& place) {
    std::vector<Leaf> leaves;
    gather_leaves(table, {}, leaves);
    ChainPair copy = chains;
    std::vector<Override> overrides;
    for (const Leaf& leaf : leaves) overrides.push_back(read_override(leaf, copy, place));
    return overrides;
}

void apply_overrides(ChainPair& chains, std::span<const Override> overrides) {
    for (const Override& each : overrides) {
        const std::vector<std::string> keys = split_path(each.path);
        ChainEntry* entry = find_entry(chains, keys.front());
        if (!entry) throw InputError(fmt::format("{}: no processor \"{}\"", each.path, keys.front()));
        const FoundSetting found = find_setting(*entry, std::span(keys).subspan(1));
        if (!found.field) throw InputError(fmt::format("{}: {}", each.path, found.why_none));
        found.field->set(found.settings, each.value);
    }
}

ChainPair overridden_chains(const Album& album, const Track& track, const Version* version, const Master& master) {
    ChainPair chains{album.chain, track.chain};
    apply_overrides(chains, track.overrides);
    apply_overrides(chains, master.overrides);
    if (version) apply_overrides(chains, version->overrides);
    return chains;
}

void check_overridden(const Album& album, const std::string& file) {
    for (const Track& track : album.tracks)
        for (const Master& master : album.masters) {
            check_combination(album, track, nullptr, master, file);
            for (const Version& version : track.versions) check_combination(album, track, &version, master, file);
        }
}

}  // namespace lathe
